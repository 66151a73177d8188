import sys
a, caps = [], [0]
for i in range(18):
    a.append(i)
    cap = (sys.getsizeof(a) - 56) // 8
    if cap != caps[-1]:
        caps.append(cap)
print(caps)
print([(sys.getsizeof(v) - 56) // 8 for v in ([1, 2, 3], [x for x in a[:3]], [0] * 3)])
del a[2:]
print(len(a), (sys.getsizeof(a) - 56) // 8)
