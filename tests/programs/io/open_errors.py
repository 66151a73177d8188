# What open() refuses, word for word.
import io
import posix

P = '/tmp/uncoil_test_open_errors'
open(P, 'w').write('line\n')


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(ascii((type(e).__name__, str(e), getattr(e, 'filename', None))))


t(lambda: open('/nonexist'))
t(lambda: open('/nonexist/x', 'w'))
t(lambda: open('/tmp'))
t(lambda: open('/tmp', 'w'))
t(lambda: open(P, 'x'))
t(lambda: open(P + '/x'))
for file in (99, -1, [], 1.5, None, object, 'a\0b', b'a\0b', ''):
    t(lambda: open(file))
for mode in ('q', '', 'rw', 'rr', 'r++', 'rbt', 'U', 'b', '+', 5, None, b'r', 'r\0'):
    t(lambda: open(P, mode))
t(lambda: open(P, 'r', 1, b''))
t(lambda: open(P, 'rb', encoding='utf-8'))
t(lambda: open(P, 'rb', errors='strict'))
t(lambda: open(P, 'rb', newline='\n'))
t(lambda: open(P, 'r', 0))
t(lambda: open(P, newline='q'))
t(lambda: open(P, newline=3))
t(lambda: open(P, encoding=3))
t(lambda: open(P, errors=3))
t(lambda: open(P, encoding='nope'))
t(lambda: open(P, 'r', 'x'))
t(lambda: open(P, 'r', 2.5))
t(lambda: open(P, closefd=False))
t(lambda: open())
t(lambda: open(P, 'r', 1, 2, 3, 4, 5, 6, 7))
t(lambda: open(P, foo=1))
t(lambda: open(P, 'r', mode='w'))
t(lambda: open(P, opener=lambda p, f: print(p, f) or -1))
t(lambda: open(P, opener=lambda p, f: 'x'))
t(lambda: open(P, opener=lambda p, f: 99))
t(lambda: open(P, opener=lambda p, f: 1 / 0))
t(lambda: open(P, opener=3))
t(lambda: open(type('NoPath', (), {'__fspath__': lambda s: 3})()))
t(lambda: open(type('BadPath', (), {'__fspath__': lambda s: 1 / 0})()))
t(lambda: io.FileIO(P, 'rw'))
t(lambda: io.FileIO(P, 'z'))
t(lambda: io.FileIO(P, ''))
t(lambda: io.FileIO())
t(lambda: io.FileIO(P, 'r').write(b'a'))
t(lambda: io.FileIO(P, 'a').read())
t(lambda: io.FileIO(P).seek(-1))
t(lambda: io.FileIO(P).seek(0, 9))
t(lambda: io.FileIO(P).seek(1.5))
t(lambda: io.FileIO(P).truncate(3))
t(lambda: io.FileIO(P, 'r+').truncate(-3))
t(lambda: io.BufferedReader(io.FileIO(P, 'a')))
t(lambda: io.BufferedWriter(io.FileIO(P, 'r')))
t(lambda: io.BufferedRandom(io.FileIO(P, 'r')))
t(lambda: io.BufferedRandom(3))
t(lambda: io.BufferedReader(io.FileIO(P), 0))
t(lambda: io.BufferedReader(io.FileIO(P), 'x'))
t(lambda: io.BufferedReader())
t(lambda: io.TextIOWrapper(3))
t(lambda: io.TextIOWrapper())
try:
    open('/nonexist/x')
except OSError as e:
    print(e.errno, e.strerror, e.filename, e.args, repr(e))
posix.unlink(P)
t(lambda: posix.unlink(P))
t(lambda: open(P))
