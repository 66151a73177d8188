# StringIO and BytesIO.
import io


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


s = io.StringIO('one\ntwo\nthree')
print(s.read(2), s.readline(), s.tell(), s.readlines(), repr(s.read()), s.getvalue(), s.seek(4), s.read(3), s.truncate(5), s.getvalue())
print(s.seek(10), s.write('x'), ascii(s.getvalue()), s.seek(0), s.readline(2), list(s))
print(s.readable(), s.writable(), s.seekable(), s.isatty(), s.closed, s.encoding, s.errors, s.newlines, s.line_buffering)
print(s.seek(0), s.readlines(5), s.seek(0, 2), s.seek(0, 1), s.truncate(), s.truncate(2), s.tell(), s.write('\u20ac'), ascii(s.getvalue()))
with io.StringIO() as s:
    print('a', 'b', sep='-', file=s)
    s.writelines(c for c in 'xyz')
    print(repr(s.getvalue()))
print(s.closed)
t(lambda: s.getvalue())
t(lambda: s.write(''))
t(lambda: iter(s))
s = io.StringIO('a\nb')
for line in s:
    print(repr(line), s.tell())
s = io.StringIO()
s.__setstate__(('abc', '\n', 1, {'x': 2}))
print(s.read(), s.x, s.__getstate__())

b = io.BytesIO(b'one\ntwo\nthree')
print(b.read(2), b.readline(), b.tell(), b.readlines(), b.read(), b.getvalue(), b.seek(4), b.read1(3), b.truncate(5), b.getvalue())
print(b.seek(10), b.write(b'x'), b.getvalue(), b.seek(0), b.readline(2), list(b), b.seek(-3, 2), b.read(), b.seek(-100, 1))
buffer = bytearray(4)
print(b.readinto(buffer), buffer, b.write(bytearray(b'zz')), b.write(memoryview(b'yy')), b.getvalue(), b.seek(0), b.readlines(3))
view = b.getbuffer()
print(len(view), bytes(view[:4]), view.readonly)
view[0] = 33
print(b.getvalue(), b.seek(0), b.read(2))
t(lambda: b.write(b'no'))
t(lambda: b.truncate())
t(lambda: b.close())
view.release()
print(b.write(b'yes'), b.getvalue())
with b:
    b.writelines([b'a', bytearray(b'b')])
t(lambda: b.read())
t(lambda: b.getbuffer())
print(b.closed, io.BytesIO(b'x').__getstate__(), io.BytesIO(bytearray(b'ab')).read(), io.BytesIO(initial_bytes=b'q').read())
print(io.BytesIO(b'a').isatty(), io.BytesIO(b'a').readable(), io.BytesIO(b'a').flush(), next(io.BytesIO(b'l\nm')))
