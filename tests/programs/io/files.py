# Files in all modes, and what their objects say of themselves.
import io
import posix

P = '/tmp/uncoil_test_files'


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


with open(P, 'w') as f:
    print(f.write('hello\nw\u00f6rld\n'), f.tell(), f)
    print('x', 3, file=f)
    print(f.mode, f.name, f.encoding, f.errors, f.newlines, f.line_buffering, f.write_through, f.closed, f.buffer, f.buffer.raw)
print(f.closed)
for line in open(P):
    print(ascii(line))
print(open(P, 'rb').read(), list(open(P, 'rb')))
f = open(P)
print(f.readable(), f.writable(), f.seekable(), f.isatty(), f.fileno(), f.buffer.mode, f.buffer.name, f.buffer.raw.mode, f.buffer.raw.closefd)
print(f.read(3), f.readline(), ascii(f.readline(2)), f.tell(), ascii(f.read()), repr(f.read()), f.tell())
print(f.seek(0), f.readlines(), f.seek(2), f.read(2), f.seek(0, 1), f.seek(0, 2), f.read())
f.close()
f = open(P, 'a')
print(f.tell())
f.write('+')
f.close()
print(ascii(open(P).read()))
f = open(P, 'r+')
print(f.read(3))
f.seek(0)
f.write('HE')
f.seek(0)
print(ascii(f.read()))
f.truncate(4)
f.seek(0)
print(f.read())
f.close()
f = open(P, 'w+b')
f.write(b'abc')
f.seek(1)
print(f.read(), f.tell(), f)
f.seek(-2, 2)
print(f.readline())
buffer = bytearray(5)
f.seek(0)
print(f.readinto(buffer), buffer)
view = memoryview(bytearray(b'......'))
f.seek(0)
print(f.readinto(view[2:]), bytes(view))
f.seek(0)
print(f.readinto1(view), bytes(view))
f.close()
posix.unlink(P)
f = open(P, 'x')
print(f, f.write('new'))
f.close()
f = open(P, 'a+')
print(f.tell(), repr(f.read()), f.seek(0), f.read(), f.write('er'), f.tell())
f.close()
f = open(P, 'xb') if False else open(P, 'ab', 0)
print(f, f.write(b'!'), f.tell())
f.close()
print(open(P).read())


class Path:
    def __fspath__(self):
        return P


print(open(Path()).name, open(Path(), 'rb').read(), open(P.encode()), io.FileIO(Path()).name.__class__)
with open(P) as f, open(P, 'rb') as g:
    print(f.fileno(), g.fileno(), f.read(), g.read(2))
print(f.closed, g.closed)
f = open(P)
h = open(f.fileno(), closefd=False)
print(h.read(), h.name, h.buffer.raw)
h.close()
print(f.closed, f.tell())
f.close()
f = open(P, 'w', buffering=1)
f.write('a\n')
print(repr(open(P).read()))
f.write('b')
print(repr(open(P).read()), f.line_buffering)
f.close()
print(repr(open(P).read()))
f = open(P, 'wb', 0)
f.write(b'raw')
print(open(P).read(), f, f.seekable(), f.readable(), f.writable())
f.close()
print(f)
big = '0123456789abcdef' * 3000
open(P, 'w').write(big + '\n' + big)
f = open(P)
print(f.readline() == big + '\n', f.read(10), f.tell(), len(f.read()))
f.close()
f = open(P, 'wb')
print(f.write(b'x' * 10000), f.tell(), f.write(b'y'), f.tell(), f.write(memoryview(b'abc')[1:]), f.write(bytearray(b'q')))
t(lambda: f.write(memoryview(b'abc')[::2]))
f.close()
print(len(open(P, 'rb').read()))
f = open(P, 'rb', buffering=4)
print(f.peek(2), f.read(2), f.peek(), f.read1(), f.read(9), f.tell(), f.seek(3), f.seek(2, 1), f.tell(), f.read1(0), f.read(0))
f.close()
f = open(P)
f.foo = 1
print(f.foo, sorted(f.__dict__), f.buffer.raw.__dict__)
f.close()
f = open(P, 'w')
f.writelines(str(i) + '\n' for i in range(5))
t(lambda: f.writelines(i for i in ['a', 1]))
f.close()
f = open(P)
print(f.readlines(3), next(f), f.readline(), list(f))
t(lambda: next(f))
f.close()
with open(P, 'r+') as f:
    for line in f:
        if line == '2\n':
            break
    t(lambda: f.tell())
    f.seek(0)
    f.write('X')
print(open(P).read())
with open(P, 'wb') as f:
    with io.TextIOWrapper(f, encoding='latin-1') as text:
        text.write('\u00e9')
print(open(P, 'rb').read(), f.closed)
t(lambda: open(P).read())
print(ascii(open(P, errors='surrogateescape').read()), ascii(open(P, errors='replace').read()))
r, w = open(P, 'rb', 0), open(P, 'ab', 0)
pair = io.BufferedRWPair(r, w)
print(pair.read(1), pair.write(b'zz'), pair.flush(), pair.read(), pair.readable(), pair.writable(), pair.close(), r.closed, w.closed)
posix.unlink(P)
posix.mkdir(P)
t(lambda: open(P))
open(P + '/a', 'w').close()
open(P + '/b', 'w').close()
posix.rename(P + '/a', P + '/c')
print(sorted(posix.listdir(P)), sorted(posix.listdir(P.encode())))
t(lambda: posix.rmdir(P))
t(lambda: posix.rename(P + '/a', P + '/d'))
posix.remove(P + '/b')
posix.remove(P + '/c')
posix.rmdir(P)
t(lambda: posix.listdir(P))
