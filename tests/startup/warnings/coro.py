async def f(): pass
f()
def g():
    c = f()
    return 1
g()
x = f()
del x
c = f(); c.close(); del c
class A:
    async def m(self): pass
A().m()
