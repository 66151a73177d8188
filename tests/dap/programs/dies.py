def inverse(x):
    return 1 / x


print(inverse(2))
print(inverse(0))
