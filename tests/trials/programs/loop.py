prices = [3, 5, 9]
total = 0
for price in prices:
    total = total + price
print("sum", total)
