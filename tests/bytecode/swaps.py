a, a = x, y
def f():
    a, a = x, y
    a, b = b, a
    a, b, c = c, b, a
    a, b, c, d = d, c, b, a
    a = b, = c
    (a, b), c = c, (a, b)
    [a, b] = b, a
    a, b = (b, a)
    a, b, a = 1, 2, 3
