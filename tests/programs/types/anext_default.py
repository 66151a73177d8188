# anext(iterator, default)
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
class It:
    def __init__(self): self.n=0
    def __aiter__(self): return self
    async def __anext__(self):
        self.n+=1
        if self.n>2: raise StopAsyncIteration
        return self.n
async def agen():
    yield 'x'
async def main():
    it=It(); print(await anext(it,'d'), await anext(it), await anext(it,'d'), await anext(it,'e'))
    a=agen(); print(await anext(a,'d'), await anext(a,'d'))
    try: await anext(a)
    except StopAsyncIteration: print('ended')
    try: anext(5, 1)
    except TypeError as e: print(e)
run(main())
a=anext(agen(), 1); print(type(a), type(a.__await__()) is type(a)); a.close()
