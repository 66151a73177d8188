# Random sequences of operations on lists, dicts and sets, with a seed of their own: after each operation the capacity of the list, or
# the whole table of the dict or set. CPython's are read by ctypes. 200 are of the usual operations, 210 go by views of dicts,
# methods of sets with several operands, and slices. With an argument: the sequences of this number and all states.
import sys
try:
    from _tables import table
except ImportError:
    from ctypes import Structure, c_int8, c_int16, c_int32, c_ssize_t, c_uint8, c_uint32, c_uint64, c_void_p, cast, py_object, sizeof

    class Keys(Structure):
        _fields_ = [('refcnt', c_ssize_t), ('log2', c_uint8), ('log2_bytes', c_uint8), ('kind', c_uint8), ('version', c_uint32),
                    ('usable', c_ssize_t), ('nentries', c_ssize_t)]

    def word(address):
        return c_ssize_t.from_address(address).value

    def at(address):
        pointer = c_void_p.from_address(address).value
        return cast(pointer, py_object).value if pointer else None

    def table(o):
        if isinstance(o, list):
            return len(o), word(id(o) + 32)
        if isinstance(o, dict):
            address = word(id(o) + 32)
            keys = Keys.from_address(address)
            slots = 1 << keys.log2
            width = (1 << keys.log2_bytes) // slots
            kind = {0: c_int8, 1: c_int8, 2: c_int16, 4: c_int32}[width]
            indices = tuple((kind * slots).from_address(address + 32))
            first = address + 32 + (1 << keys.log2_bytes)
            size = 24 if keys.kind == 0 else 16
            entries = []
            for i in range(keys.nentries):
                place = first + size * i + (8 if keys.kind == 0 else 0)
                entries.append(at(place) if word(place + 8) else None)
            return (word(id(o) + 16), slots, int(keys.kind != 0), keys.usable, keys.nentries), indices, tuple(entries)
        fill, used, mask, place = (word(id(o) + offset) for offset in (16, 24, 32, 40))
        dummy = object.__repr__
        found = []
        for i in range(mask + 1):
            hash = word(place + 16 * i + 8)
            found.append(at(place + 16 * i) if word(place + 16 * i) and hash != -1 else None)
        return (fill, used, mask), tuple(found)

state = 0
def rand(n):
    global state
    state = (state * 6364136223846793005 + 1442695040888963407) % 2 ** 64
    return (state >> 33) % n

def key():
    kind = rand(10)
    if kind < 5: return rand(40)
    if kind < 8: return 'k%d' % rand(30)
    if kind == 8: return rand(30) * 8
    return (rand(5), rand(3))

def small(n, make):
    return [make() for _ in range(rand(n))]

def list_step(x):
    op = rand(24)
    n = len(x)
    if op < 6: x.append(op)
    elif op == 6: x.extend(small(12, key))
    elif op == 7: x.extend(tuple(small(12, key)))
    elif op == 8: x.extend(i for i in range(rand(12)))
    elif op == 9: x += range(rand(9))
    elif op == 10: x.insert(rand(n + 1), 0)
    elif op == 11 and n: x.pop()
    elif op == 12 and n: x.pop(rand(n))
    elif op == 13 and n: del x[rand(n)]
    elif op == 14: del x[rand(n + 1):]
    elif op == 15: a = rand(n + 1); x[a:a + rand(4)] = small(8, key)
    elif op == 16: x = x[rand(n + 1):]
    elif op == 17: x = x + small(6, key)
    elif op == 18: x = x * (1 + rand(2))
    elif op == 19: x *= rand(3) if n < 200 else 1
    elif op == 20: x = list(x)
    elif op == 21: x = [i for i in x]
    elif op == 22 and rand(4) == 0: x.clear()
    elif op == 22: del x[::2]
    elif op == 23: x = sorted(x, key=str) if rand(2) else x.copy()
    if rand(8) == 0: x.reverse()
    if rand(12) == 0: x = [*x, 1, 2]
    if rand(20) == 0: x = list({*map(str, x)} and tuple(x))
    if rand(20) == 0: x.sort(key=str)
    return x

def dict_step(d):
    op = rand(20)
    if op < 7: d[key()] = op
    elif op == 7: d.pop(key(), None)
    elif op < 10 and d: del d[list(d)[rand(len(d))]]
    elif op == 10 and d: d.popitem()
    elif op == 11: d.setdefault(key(), 1)
    elif op == 12: d.update({key(): 1 for _ in range(rand(8))})
    elif op == 13: d = d.copy()
    elif op == 14: d = dict(d)
    elif op == 15: d = {**d}
    elif op == 16: d |= {key(): 2}
    elif op == 17: d = d | {key(): 3}
    elif op == 18 and rand(5) == 0: d.clear()
    elif op == 18: d.update([(key(), 4) for _ in range(rand(4))])
    elif op == 19: d = dict.fromkeys(d) if rand(2) else {k: 1 for k in d}
    return d

def strings(d):
    op = rand(12)
    name = 'n%d' % rand(60)
    if op < 6: d[name] = op
    elif op == 6: d.pop(name, None)
    elif op == 7 and d: del d[list(d)[0]]
    elif op == 8: d.update(a=1, b=2)
    elif op == 9: d = dict(d, c=3)
    elif op == 10: d = d.copy()
    elif op == 11: d = {**d, 'z': 1}
    return d

def set_step(s):
    op = rand(24)
    if op < 8: s.add(rand(60))
    elif op == 8: s.discard(rand(60))
    elif op == 9 and s: s.remove(sorted(s)[rand(len(s))])
    elif op == 10 and s: s.pop()
    elif op == 11: s.update(small(10, lambda: rand(90)))
    elif op == 12: s.update({rand(90) for _ in range(rand(10))})
    elif op == 13: s |= {rand(90), rand(90)}
    elif op == 14: s = s | {rand(90)}
    elif op == 15: s &= set(range(rand(60), 90))
    elif op == 16: s = s & set(range(rand(20), 70))
    elif op == 17: s -= {rand(60), rand(60)}
    elif op == 18: s = s - set(range(rand(20)))
    elif op == 19: s ^= {rand(60), rand(60), rand(60)}
    elif op == 20: s = s.copy()
    elif op == 21: s = set(s)
    elif op == 22: s = {i for i in s} if rand(2) else set(list(s))
    elif op == 23 and rand(5) == 0: s.clear()
    elif op == 23: s.difference_update(range(rand(30)))
    return s

def wide_key():
    kind = rand(8)
    if kind < 4: return rand(50)
    if kind < 7: return 'k%d' % rand(40)
    return rand(20) * 64

def some(n):
    return [wide_key() for _ in range(rand(n))]

def by_views(d):
    """Dicts whose views make sets; deletions, popitem."""
    op = rand(22)
    if op < 4: d.update(zip(some(14), range(14)))
    elif op == 4 and d: [d.popitem() for _ in range(rand(len(d)) + 1)]
    elif op == 5: [d.pop(k) for k in list(d)[::2]]
    elif op == 6: [d.pop(k) for k in list(d)[:rand(len(d) + 1)]]
    elif op == 7: d = dict(d.items())
    elif op == 8: d = dict(zip(d.keys(), d.values()))
    elif op == 9: return d.keys() & set(some(20))
    elif op == 10: return d.keys() | some(10)
    elif op == 11: return d.keys() - some(20)
    elif op == 12: return d.keys() ^ some(10)
    elif op == 13: return d.items() & {(k, v) for k, v in d.items() if rand(2)}
    elif op == 14: return set(d)
    elif op == 15: return set(d.keys())
    elif op == 16: return list(d.values())
    elif op == 17: return sorted(d, key=repr)
    elif op == 18: d = {k: v for k, v in d.items() if rand(3)}
    elif op == 19: d = dict(reversed(d.items()))
    elif op == 20: d.update({k: 1 for k in some(12)}, a=1, b=2)
    elif op == 21: d = dict.fromkeys(d.keys() | {1, 'x'}, 7) if rand(2) else dict.fromkeys(set(d), 8)
    return d

def many(s):
    """Sets by the methods with several operands, frozen ones, sets of strings."""
    op = rand(22)
    if op < 4: s.update(some(12), some(6))
    elif op == 4: s = s.union(some(8), some(3), {1, 2})
    elif op == 5: s = s.intersection(some(40), range(60))
    elif op == 6: s = s.difference(some(10), some(10))
    elif op == 7: s = s.symmetric_difference(some(12))
    elif op == 8: s.intersection_update(some(60) + list(range(rand(50))))
    elif op == 9: s.difference_update(some(9), some(9))
    elif op == 10: s.symmetric_difference_update(some(9))
    elif op == 11: s = set(frozenset(s))
    elif op == 12: s = set(frozenset(s) | frozenset(some(9)))
    elif op == 13: s = {*s, *some(9)}
    elif op == 14: s |= frozenset(some(30))
    elif op == 15: s = {str(k) for k in s}
    elif op == 16: s = set(dict.fromkeys(some(20)))
    elif op == 17: s.update(dict.fromkeys(some(20)))
    elif op == 18 and s: [s.pop() for _ in range(rand(len(s)) + 1)]
    elif op == 19: [s.discard(k) for k in some(30)]
    elif op == 20: s = set(map(str, range(rand(40))))
    elif op == 21: s = type(s)(k for k in s if rand(4))
    return s

def slices(x):
    """Lists by slices with steps, comparisons and iterators."""
    op = rand(20)
    n = len(x)
    if op < 5: x.extend(some(9))
    elif op == 5: x[rand(n + 1):rand(n + 1)] = some(9)
    elif op == 6: x[::2] = x[::2][::-1]
    elif op == 7: del x[rand(3)::3]
    elif op == 8: x = x[::-1]
    elif op == 9: x = x[rand(4)::2]
    elif op == 10: x = list(zip(x, x))[:30]
    elif op == 11: x = list(enumerate(x))[:40]
    elif op == 12: x = list(map(str, x))
    elif op == 13: x = [*filter(None, x)]
    elif op == 14: x = list(dict.fromkeys(map(repr, x)))
    elif op == 15: x = list(set(map(repr, x)))[:0] + x
    elif op == 16: x += x[:20]
    elif op == 17: x += (i for i in some(9))
    elif op == 18: x.__init__(some(30))
    elif op == 19: x = list(repr(x))[:50]
    return x

wanted = int(sys.argv[1]) if len(sys.argv) > 1 else None
for count, factor, offset, kinds in (
    (200, 7919, 17, [(list_step, list), (dict_step, dict), (set_step, set), (strings, dict)]),
    (210, 104729, 5, [(by_views, dict), (many, set), (slices, list)]),
):
    for number in range(count):
        if wanted is not None and number != wanted:
            continue
        state = number * factor + offset
        step, x = kinds[number % len(kinds)]
        x = x()
        total = 0
        for i in range(40 if number % 5 else 120):
            # What a view makes is looked at, but it is no dict to go on with.
            made = step(x)
            if type(made) is type(x) or step is many:
                x = made
            text = repr(table(made))
            if wanted is not None:
                print(i, text)
            for c in text[:400]:
                total = (total * 31 + ord(c)) % 1000000007
        print(number, step.__name__, len(x), total)
