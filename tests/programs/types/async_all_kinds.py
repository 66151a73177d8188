async def inner(x):
    return x
async def agen(n):
    try:
        for i in range(n):
            got = yield await inner(i)
    finally:
        z = 1
async def user():
    r = []
    async for v in agen(2):
        r.append(v)
    a = agen(3)
    r.append(await a.__anext__())
    r.append(await a.asend([5]))
    await a.aclose()
    b = agen(3)
    await b.__anext__()
    try:
        await b.athrow(ValueError("x"))
    except ValueError as e:
        r.append(e.args)
    l = [q async for q in agen(2)]
    g = (q async for q in agen(2))
    async for q in g: pass
    class CM:
        async def __aenter__(self): return self
        async def __aexit__(self, *a): return True
    async with CM() as cm:
        raise KeyError([1])
    return r
c = user()
try:
    c.send(None)
except StopIteration as e:
    res = e.value
class Aw:
    def __await__(self):
        x = yield [1]
        return x
async def aw():
    return await Aw()
c = aw()
y = c.send(None)
try: c.send([2])
except StopIteration as e: z = e.value
c = aw()
c.send(None)
try: c.throw(ValueError("t"))
except ValueError as e: pass
c = aw(); c.send(None); c.close()
w = aw().__await__()
next(w)
try: w.send(7)
except StopIteration as e: z = e.value
print(res, y, z)
