x=1
x is 1
assert (x,"a")
print("\\d", "\d")
