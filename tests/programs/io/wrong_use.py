# Reading what is written only, writing what is read only, using what is closed or detached.
import io
import posix

P = '/tmp/uncoil_test_wrong_use'


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


METHODS = ['read', 'read1', 'readall', 'peek', 'readinto', 'readline', 'readlines', 'write', 'writelines', 'seek', 'tell', 'truncate',
           'flush', 'fileno', 'isatty', 'readable', 'writable', 'seekable', '__enter__', '__iter__', '__next__', 'close', 'detach',
           'reconfigure']
ARGS = {'write': ['a'], 'writelines': [['a']], 'seek': [0]}


def all_methods(make):
    f = make()
    print(type(f).__name__)
    for name in METHODS:
        if hasattr(f, name):
            print('', name, end=' ')
            args = [bytearray(3)] if name == 'readinto' else ARGS.get(name, [])
            result = None
            try:
                result = getattr(f, name)(*args)
                print(result if isinstance(result, (int, str, bytes, list)) else type(result).__name__)
            except BaseException as e:
                print(type(e).__name__, e)
            del result


def closed(*args, **kwargs):
    f = open(P, *args, **kwargs)
    f.close()
    f.close()
    print(f.closed, f)
    return f


open(P, 'w').write('line\n')
all_methods(lambda: open(P))
all_methods(lambda: closed())
all_methods(lambda: open(P, 'w'))
all_methods(lambda: closed('w'))
all_methods(lambda: open(P, 'rb'))
all_methods(lambda: closed('rb'))
all_methods(lambda: open(P, 'wb'))
all_methods(lambda: closed('wb'))
all_methods(lambda: open(P, 'r+b'))
all_methods(lambda: closed('r+b'))
all_methods(lambda: open(P, 'rb', 0))
all_methods(lambda: closed('rb', 0))
all_methods(lambda: open(P, 'wb', 0))
for kind in (io.StringIO, io.BytesIO):
    all_methods(kind)
    f = kind()
    f.close()
    all_methods(lambda: f)
for kind in (io.IOBase, io.RawIOBase, io.BufferedIOBase, io.TextIOBase):
    all_methods(kind)
for kind in (io.TextIOWrapper, io.BufferedReader, io.BufferedWriter, io.StringIO, io.FileIO, io.BytesIO):
    f = kind.__new__(kind)
    print(kind.__name__)
    t(lambda: f.read())
    t(lambda: f.write(kind in (io.TextIOWrapper, io.StringIO) and '' or b''))
    t(lambda: f.closed)
    t(lambda: f.tell())

open(P, 'w').write('line\nnext\n')
f = open(P)
for size in ('x', 1.5, b'', object):
    t(lambda: f.read(size))
    t(lambda: f.readline(size))
    t(lambda: f.readlines(size))
t(lambda: f.readline(None))
t(lambda: f.seek(1, 1))
t(lambda: f.seek(1, 2))
t(lambda: f.seek(0, 3))
t(lambda: f.seek(-1))
t(lambda: f.seek('x'))
t(lambda: f.foo)
t(lambda: setattr(f, 'encoding', 'x'))
t(lambda: setattr(f, 'name', 'x'))
t(lambda: setattr(f, 'errors', 'x'))
t(lambda: setattr(f, 'closed', True))
t(lambda: setattr(f, '_CHUNK_SIZE', 0))
t(lambda: delattr(f, '_CHUNK_SIZE'))
f.seek(0)
next(f)
t(lambda: f.tell())
t(lambda: list(f))
t(lambda: f.tell())
b = f.detach()
t(lambda: f.read())
t(lambda: f.closed)
t(lambda: f)
t(lambda: f.detach())
t(lambda: b.read('x'))
t(lambda: b.read(-2))
t(lambda: b.seek(0, 9))
t(lambda: b.readinto(b'abc'))
t(lambda: b.readinto('abc'))
raw = b.detach()
t(lambda: b)
t(lambda: b.read())
t(lambda: b.raw)
t(lambda: raw.readinto(3))
raw.close()
t(lambda: raw)

w = io.TextIOWrapper(io.BytesIO())
t(lambda: w.write(3))
t(lambda: w.write(b''))
t(lambda: w.writelines(3))
t(lambda: w.writelines(['a', 3]))
t(lambda: w.reconfigure(3))
t(lambda: w.reconfigure(foo=3))
t(lambda: w.reconfigure(newline=3))
t(lambda: w.reconfigure(newline='x'))
t(lambda: w.reconfigure(encoding=3))
t(lambda: w.reconfigure(encoding='nope'))
w = io.TextIOWrapper(io.BytesIO(b'abc\ndef'))
w.read(1)
t(lambda: w.reconfigure(encoding='ascii'))
t(lambda: w.reconfigure(newline='\n'))
t(lambda: w.reconfigure(line_buffering=True))


class Odd(io.RawIOBase):
    def readable(self):
        return True

    def read(self, n=-1):
        return 'x'

    read1 = read

    def readinto(self, b):
        return 1000000


t(lambda: io.TextIOWrapper(Odd()).read())
t(lambda: io.TextIOWrapper(Odd()).read(1))
t(lambda: io.TextIOWrapper(Odd()).readline())
t(lambda: io.BufferedReader(Odd()).read(3))
t(lambda: Odd().readline())
t(lambda: Odd().readall())
for f in (lambda: io.StringIO('ab').seek(1, 1), lambda: io.StringIO('ab').seek(1, 2), lambda: io.StringIO('ab').write(3),
          lambda: io.StringIO(3), lambda: io.StringIO('', 3), lambda: io.StringIO('', 'q'), lambda: io.StringIO('').seek(-1),
          lambda: io.StringIO('').seek(0, 4), lambda: io.StringIO('').truncate(-1), lambda: io.StringIO('').truncate('a'),
          lambda: io.StringIO().fileno(), lambda: io.StringIO('abc').read('x'), lambda: io.BytesIO().fileno(), lambda: io.BytesIO('a'),
          lambda: io.BytesIO().write('a'), lambda: io.BytesIO().seek(0, 7), lambda: io.BytesIO(3), lambda: io.BytesIO().seek('a'),
          lambda: io.BytesIO().seek(-1), lambda: io.BytesIO().truncate(-1), lambda: io.BytesIO().readinto(b''),
          lambda: io.StringIO.write(3), lambda: io.BytesIO().getvalue(1), lambda: io.StringIO(1, 2, 3), lambda: io.BytesIO(b'', b''),
          lambda: io.BytesIO(foo=1), lambda: io.StringIO().write(), lambda: io.BytesIO().writelines([b'a', 'b'])):
    t(f)
posix.unlink(P)
