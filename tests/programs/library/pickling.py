# Picklers and unpicklers: persistent ids, dispatch tables, reducers, memos, buffers, old pickles, errors.
import copyreg
import io
import pickle
import struct


def attempt(call, *args, **keywords):
    try:
        print(call(*args, **keywords))
    except Exception as error:
        print(type(error).__module__, type(error).__name__, error)


class Point:
    x = 'class'

    def __init__(self, x=0):
        self.x = x

    def __repr__(self):
        return f'Point({self.x})'


print('-- dump and load')
file = io.BytesIO()
pickle.dump([1, 'a'], file)
pickle.dump({'b': 2}, file, protocol=2)
print(file.tell())
file.seek(0)
print(pickle.load(file), pickle.load(file))
attempt(pickle.load, file)

print('-- persistent ids')


class ById(pickle.Pickler):
    def persistent_id(self, obj):
        return obj.x if isinstance(obj, Point) else None


class FromId(pickle.Unpickler):
    def persistent_load(self, pid):
        return Point(f'loaded {pid!r}')


for protocol in range(6):
    file = io.BytesIO()
    ById(file, protocol).dump([Point(5), Point('a'), 3])
    print(protocol, file.getvalue())
    print(FromId(io.BytesIO(file.getvalue())).load())
    attempt(pickle.loads, file.getvalue())

print('-- dispatch tables')


def reduce_point(point):
    return Point, (point.x * 2,)


file = io.BytesIO()
pickler = pickle.Pickler(file, 2)
pickler.dispatch_table = copyreg.dispatch_table.copy()
pickler.dispatch_table[Point] = reduce_point
pickler.dump(Point(21))
print(file.getvalue(), pickle.loads(file.getvalue()))


class WithTable(pickle.Pickler):
    dispatch_table = {Point: reduce_point}


file = io.BytesIO()
WithTable(file).dump((Point(1), 1j))
print(file.getvalue())

print('-- reducer_override')


class Overriding(pickle.Pickler):
    def reducer_override(self, obj):
        if isinstance(obj, Point):
            return int, (7,)
        if obj is len:
            return 'print'
        return NotImplemented


file = io.BytesIO()
Overriding(file).dump([Point(1), 'text', Point])
print(file.getvalue(), pickle.loads(file.getvalue()))

print('-- state setters, items and pairs')


def set_state(obj, state):
    obj.x = ('set', state)


class Setting(Point):
    def __reduce__(self):
        return Setting, (), self.x, None, None, set_state


for protocol in (0, 2, 4):
    data = pickle.dumps(Setting(9), protocol)
    print(data, pickle.loads(data))


class Both(dict):
    def append(self, item):
        self.setdefault('items', []).append(item)

    def __reduce__(self):
        return Both, (), None, iter([1, 2, 3]), iter([('a', 1)])


for protocol in (0, 1, 2, 4):
    data = pickle.dumps(Both(), protocol)
    print(data, pickle.loads(data))

print('-- memo')
file = io.BytesIO()
pickler = pickle.Pickler(file)
value = ['a', 'b']
pickler.dump(value)
first = file.tell()
pickler.dump(value)
print(file.getvalue()[first:], [number for number, _ in pickler.memo.copy().values()])
unpickler = pickle.Unpickler(io.BytesIO(file.getvalue()))
print(unpickler.load(), unpickler.load(), unpickler.memo.copy())
pickler.clear_memo()
print(pickler.memo.copy(), pickler.bin, pickler.fast)
pickler.fast = True
file.seek(0)
file.truncate()
pickler.dump([value, value])
print(file.getvalue())

print('-- find_class')


class Careful(pickle.Unpickler):
    def find_class(self, module, name):
        print('asked for', module, name)
        if module != 'builtins':
            raise pickle.UnpicklingError(f'{module}.{name} is forbidden')
        return super().find_class(module, name)


for value in (range(3), Point(1)):
    for protocol in (0, 4):
        attempt(Careful(io.BytesIO(pickle.dumps(value, protocol))).load)

print('-- out of band')
buffers = []
data = bytearray(b'mutable')
out = pickle.dumps([pickle.PickleBuffer(data), pickle.PickleBuffer(b'fixed')], 5, buffer_callback=buffers.append)
print(out, len(buffers))
back = pickle.loads(out, buffers=buffers)
print(bytes(back[0]), bytes(back[1]), memoryview(back[0]).readonly, memoryview(back[1]).readonly)
print(pickle.dumps(pickle.PickleBuffer(data), 5), pickle.dumps(pickle.PickleBuffer(b'fixed'), 5))
print(pickle.dumps(pickle.PickleBuffer(data), 5, buffer_callback=lambda buffer: True))
attempt(pickle.dumps, pickle.PickleBuffer(data), 4)
attempt(pickle.dumps, 1, 4, buffer_callback=print)
attempt(pickle.loads, out)
attempt(pickle.loads, out, buffers=[b'one'])
with_raw = pickle.PickleBuffer(memoryview(b'abcdef').cast('B', [2, 3]))
print(with_raw.raw().tolist(), with_raw.raw().shape)
with_raw.release()
attempt(with_raw.raw)
attempt(pickle.PickleBuffer(memoryview(b'abcdef')[::2]).raw)
attempt(pickle.PickleBuffer, 5)

print('-- pickles of Python 2')
print(pickle.loads(b"(lp0\nS'abc'\np1\naI1\naL5L\naF1.5\na."))
print(pickle.loads(b"S'\\xe9'\n.", encoding='latin1'), pickle.loads(b"U\x01\xe9.", encoding='bytes'))
attempt(pickle.loads, b"U\x01\xe9.")
print(pickle.loads(b'c__builtin__\nxrange\n(I3\ntR.'), pickle.loads(b'cexceptions\nValueError\n.'))
print(pickle.loads(b'(i__main__\nPoint\n.'), pickle.loads(b'(c__main__\nPoint\nI4\no.'))
attempt(pickle.loads, b'c__builtin__\nxrange\n.', fix_imports=False)
print(pickle.dumps(range(2), 2), pickle.dumps(range(2), 2, fix_imports=False))

print('-- what is refused')


def local():
    class Local:
        pass
    return Local


attempt(pickle.dumps, local())
attempt(pickle.dumps, (i for i in 'a'))
attempt(pickle.dumps, io)
attempt(pickle.dumps, 1, 6)
attempt(pickle.Pickler, 5)
attempt(pickle.Unpickler, 5)
nested = []
for _ in range(2000):
    nested = [nested]
attempt(pickle.dumps, nested)
nested = []
for _ in range(490):
    nested = [nested]
print(len(pickle.dumps(nested)))
for data in (b'', b'N', b'.', b'(.', b'K', b'h\x05.', b'gx\n.', b'\x80\x09.', b'\xff.', b'q.', b'R.', b'NNR.', b'N)\x81.', b'\x82\x05.',
             b'cnope\nx\n.', b'cbuiltins\nnope\n.', b'S"a\n.', b'e.', b'](e.', b'}K\x01s.', b'}(K\x01u.', b'NK\x01a.', b'N}b.',
             b'\x95\x05\0\0\0\0\0\0\0N.', b'X\x05\0\0\0ab', b'Np-1\n.', b'\x8b\xff\xff\xff\xff.'):
    print(data, end=' ')
    attempt(pickle.loads, data)

print('-- names')
print(pickle.DEFAULT_PROTOCOL, pickle.HIGHEST_PROTOCOL, pickle.format_version, pickle.compatible_formats)
print(sorted(name for name in dir(pickle) if name.isupper() and len(name) > 2 and name[0] != '_'))
print(issubclass(pickle.PicklingError, pickle.PickleError), pickle.UnpicklingError.__mro__)
print([pickle.encode_long(n) for n in (0, 1, 127, 128, -1, -128, -129, 2**31)], pickle.decode_long(b'\x00\xff'))
