# File classes written in Python, under and over those of io.
import io
import sys


class Raw(io.RawIOBase):
    def __init__(self, data=b''):
        self.data = bytearray(data)
        self.pos = 0

    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def readinto(self, b):
        n = min(len(b), 3, len(self.data) - self.pos)
        b[:n] = self.data[self.pos:self.pos + n]
        self.pos += n
        print('  readinto', type(b).__name__, len(b), n)
        return n

    def write(self, b):
        n = min(4, len(b))
        self.data[self.pos:self.pos + n] = b[:n]
        self.pos += n
        print('  write', len(b), n)
        return n

    def seek(self, p, w=0):
        if w == 0:
            self.pos = p
        elif w == 1:
            self.pos += p
        else:
            self.pos = len(self.data) + p
        return self.pos

    def tell(self):
        return self.pos

    def truncate(self, n=None):
        if n is None:
            n = self.pos
        del self.data[n:]
        return n

    def close(self):
        print('  close')
        super().close()


r = Raw(b'one\ntwo\nthree')
print(r.read(2), r.read(), r.readall(), r.read(5))
r = Raw(b'one\ntwo\nthree')
print(list(r))
r.close()
print(r.closed)
for f in (r.readline, lambda: next(r), r.__enter__):
    try:
        print(f())
    except (ValueError, StopIteration) as e:
        print(repr(e))
b = io.BufferedReader(Raw(b'one\ntwo\nthree'), 5)
print(b.read(2), b.peek(), b.peek(1), b.readline(), b.read1(1), b.read1(), b.tell(), b.read(), b.read())
print(b)
b.seek(0)
print(b.readlines(), b.closed)
b.close()
print(b.closed)
w = Raw()
b = io.BufferedWriter(w, 6)
print(b.write(b'abc'), w.data, b.write(b'defgh'), w.data, b.tell())
b.flush()
print(w.data)
b.write(b'0123456789abcdefg')
print(w.data, b.tell())
b.close()
print(w.data, w.closed)
w = Raw(b'hello world')
b = io.BufferedRandom(w, 8)
print(b.read(3), b.write(b'XY'), b.read(2), b.tell(), b.seek(0), b.read(), b.truncate(4), w.data)
b.seek(1)
b.write(b'Q')
b.flush()
print(w.data)
del b
w = io.TextIOWrapper(io.BufferedWriter(Raw()), line_buffering=True)
print(w.write('abc'), w.buffer.raw.data, w.write('d\nef'), w.buffer.raw.data)
w.close()
text = io.TextIOWrapper(io.BufferedReader(Raw('h\u00e9llo\nw\u00f6rld\n'.encode())))
for line in text:
    print(ascii(line))


class Out:
    def __init__(self):
        self.parts = []

    def write(self, s):
        self.parts.append(s)


out = Out()
print('a', 1, file=out, end='!')
print(out.parts)


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


t(lambda: print(1, file=3))
t(lambda: print(1, file=out, flush=True))
t(lambda: print(1, file=io.StringIO(), flush=True))
t(lambda: print(1, file=io.BytesIO()))


class Text(io.TextIOBase):
    lines = ['one\n', 'two\n', '']

    def write(self, s):
        sys.stdout.write('W' + repr(s) + '\n')
        return len(s)

    def readline(self):
        return self.lines.pop(0)


print('q', 2, file=Text())
Text().writelines(s for s in ['a', 'b'])
print(list(Text()))


class Upper(io.StringIO):
    def write(self, s):
        return super().write(s.upper())


s = Upper()
print('abc', file=s)
s.writelines(['d', 'e'])
s.x = 3
print(repr(s.getvalue()), s.__dict__)


class Lines(io.StringIO):
    def readline(self):
        return super().readline().strip() + '|'


print([line for line, _ in zip(Lines('a\nb\n'), range(3))])


class MyFile(io.FileIO):
    def write(self, b):
        print('MyFile.write', bytes(b))
        return super().write(b)


P = '/tmp/uncoil_test_python_files'
f = io.TextIOWrapper(io.BufferedWriter(MyFile(P, 'w')))
f.write('one\n')
f.close()
print(open(P).read(), MyFile(P).read())
import posix
posix.unlink(P)
print(isinstance(s, io.TextIOBase), isinstance(io.BytesIO(), io.BufferedIOBase), issubclass(io.FileIO, io.RawIOBase),
      isinstance(sys.stdout, io.TextIOWrapper), issubclass(io.StringIO, io.IOBase), issubclass(io.StringIO, io.RawIOBase),
      io.open is open, io.UnsupportedOperation.__mro__, io.UnsupportedOperation)
print(io.SEEK_SET, io.SEEK_CUR, io.SEEK_END, io.DEFAULT_BUFFER_SIZE, io.text_encoding(None), io.text_encoding('x'), sorted(io.__all__))
for c in (io.StringIO, io.BytesIO, io.FileIO, io.BufferedReader, io.TextIOWrapper, io.IOBase, io.BufferedRandom):
    print(c, c.__name__, c.__module__, c.__mro__)
