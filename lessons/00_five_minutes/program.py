def price(count):
    return count * 3

total = 0
for count in [1, 2, 4]:
    total = total + price(count)
print("total:", total)
