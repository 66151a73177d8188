from collections import deque, UserList, UserDict, OrderedDict, Counter, ChainMap, defaultdict
for x in (deque([1,2]), UserList([1]), UserDict(a=1), Counter(), ChainMap(), defaultdict(int), range(2), memoryview(b'ab'), b'ab', 'ab', bytearray(b'a'), (1,), {1}, {1:2}.keys(), iter([])):
    match x:
        case [*_]: print(type(x).__name__, 'seq')
        case {}: print(type(x).__name__, 'map')
        case _: print(type(x).__name__, '-')
