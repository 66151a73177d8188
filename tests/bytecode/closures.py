def outer():
    a = b = c = 1
    def inner(c=c):
        nonlocal a
        a += 1
        del b
        def z(): return a, b, c
    class K:
        a = a
        def m(self): return a, __class__
    return [a for b in c if (d := a)], d
