async def f():
    results = [x async for x in y], {x: 1 async for x in y}, (x async for x in y), [await z for z in w], [[a async for a in b] for c in d]
    async with a as b, c: yield 1
    await x
    async for i in j:
        if i: continue
        break
    else: k
