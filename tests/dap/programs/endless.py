n = 0
while True:
    n += 1
    if n % 5000 == 0:
        print(n)
