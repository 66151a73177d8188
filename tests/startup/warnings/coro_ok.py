import gc
async def f(): return 1
async def g(): return await f()
c=g()
try: c.send(None)
except StopIteration as e: print(e.value)
l=[f()]; l.append(l); del l; gc.collect()
