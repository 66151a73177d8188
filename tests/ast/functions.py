@decorator
@a.b(c)[d]
def f(a, b: int, /, c=1, *args: *Ts, d, e: str = "", **kwargs: dict) -> x[1:]:
    return *a, b
async def g():
    await a ** 2
    async for b in c: yield
    async with d as e: yield from f
    return [await x async for x in y if await z]
class A: pass
class B(): x = 1
@decorator
class C(A, *b, metaclass=M, **kw):
    """Doc."""
    def method(self): nonlocal x, y; global z
    async def other(self, *, a): (yield a)
