def risky(n):
    try:
        return 10 // n
    except ZeroDivisionError as e:
        return str(e)
    finally:
        print("cleanup", n)
print(risky(5))
print(risky(0))
