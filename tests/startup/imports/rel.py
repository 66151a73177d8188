n = globals().get("n", 0) + 1
print("n", n)
