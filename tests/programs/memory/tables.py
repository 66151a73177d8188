# 200 random sequences of operations on lists, dicts and sets, with a seed of their own: after each operation the capacity of
# the list, or the whole table of the dict or set. CPython's are read by ctypes. With an argument: sequence number and all states.
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

def plain(value):
    # Tuples of strings and numbers have the same text everywhere.
    return repr(value)

wanted = int(sys.argv[1]) if len(sys.argv) > 1 else None
for number in range(200):
    if wanted is not None and number != wanted:
        continue
    state = number * 7919 + 17
    step, x = [(list_step, []), (dict_step, {}), (set_step, set()), (strings, {})][number % 4]
    sum = 0
    for i in range(40 if number % 5 else 120):
        x = step(x)
        text = plain(table(x))
        if wanted is not None:
            print(i, text)
        for c in text[:400]:
            sum = (sum * 31 + ord(c)) % 1000000007
    print(number, step.__name__, len(x), sum)
