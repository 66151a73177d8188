def counter(n):
    while n:
        got = yield n
        n -= 1 if got is None else got
    return "done"
g = counter(5)
print(g.gi_frame.f_lasti, next(g), g.send(3), list(g), g.gi_frame)
def outer():
    r = yield from counter(2)
    print("returned", r)
print(list(outer()))
