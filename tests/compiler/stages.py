import os
def f(a, *b):
    try:
        print(*b, 1 + 2)
    except ValueError:
        return a[0] & 3 ^ 1
x: int = 2 * 3
if x: y = f'{x!r:>{4}}'
