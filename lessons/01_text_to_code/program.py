price = 3
total = price * (2 + 5)
label = "to" "tal"
if 0:
    print("dead code")
print(label, total)
