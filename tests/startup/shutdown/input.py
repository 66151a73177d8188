x = input("p> ")
print([x])
input()
