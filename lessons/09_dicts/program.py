import sys
d = {}
for k in (3, 11, 19, 4):
    d[k] = str(k)
del d[11]
d[11] = "again"
print(list(d), sys.getsizeof(d))
d["name"] = 5
print(len(d), sys.getsizeof(d))
print(sys.getsizeof({}), sys.getsizeof({c: 1 for c in "abcde"}), hash(-1) == hash(-2))
