import c2
x = 1
print("c1 done")
