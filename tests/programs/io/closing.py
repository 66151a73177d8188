# A file is closed when its last reference goes, when the with ends, and at the end of the program.
import gc
import io
import posix
import weakref

P = '/tmp/uncoil_test_closing'
open(P, 'w').write('unclosed')
print(open(P).read())
f = open(P, 'w')
f.write('pending')
print(repr(open(P).read()))
del f
print(repr(open(P).read()))


def write():
    f = open(P, 'w')
    f.write('local')


write()
print(open(P).read())


class Loud(io.StringIO):
    def close(self):
        print('Loud.close', self.closed)
        super().close()


Loud()
loud = Loud()
del loud
with Loud() as loud:
    print('with')
del loud


class Base(io.RawIOBase):
    def close(self):
        print('Base.close', self.closed)
        super().close()


b = Base()
b.self = b
del b
print('cycle', gc.collect() > 0)


class Deleted(io.IOBase):
    def __del__(self):
        print('__del__')


Deleted()


class Fails(io.RawIOBase):
    def writable(self):
        return True

    def write(self, b):
        raise ValueError('no room')


f = io.BufferedWriter(Fails())
f.write(b'x')
try:
    f.close()
except ValueError as e:
    print(e, f.closed)
f = io.TextIOWrapper(io.BufferedWriter(Fails()))
f.write('x')
try:
    with f:
        pass
except ValueError as e:
    print(e, f.closed)
f = io.BufferedWriter(Fails())
f.write(b'x')
del f
print('gone')


class FailsTwice(Fails):
    def close(self):
        super().close()
        raise OSError('close')


f = io.BufferedWriter(FailsTwice())
f.write(b'x')
try:
    f.close()
except OSError as e:
    print(repr(e), repr(e.__context__))
f = open(P)
r = weakref.ref(f)
print(r() is f)
del f
print(r())
try:
    with open(P, 'w') as f:
        f.write('kept')
        1 / 0
except ZeroDivisionError:
    print(f.closed, open(P).read())
posix.unlink(P)
f = open(P, 'w')
posix.unlink(P)
f.write('at the end')
