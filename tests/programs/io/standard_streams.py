# sys.stdin and its siblings are files, and can be others.
import contextlib
import io
import sys


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


print(sys.stdout, sys.stdin, sys.stderr)
print(sys.stdout.encoding, sys.stdout.mode, sys.stdout.name, sys.stdout.fileno(), sys.stdout.newlines, sys.stdin.mode, sys.stdin.name,
      sys.stdin.fileno(), sys.stdin.encoding, sys.stderr.errors, sys.stderr.fileno(), sys.stdout.readable(), sys.stdout.writable(),
      sys.stdin.readable(), sys.stdin.writable(), sys.stdin.buffer, sys.stdout.closed, sys.stdout is sys.__stdout__)
t(lambda: sys.stdout.read())
t(lambda: sys.stdin.write(''))
t(lambda: sys.stdout.write(3))
t(lambda: sys.stdout.writelines(c for c in ['a', 'b\n']))
t(lambda: sys.stdout.write('\u00e9\n'))
sys.stdout.flush()
sys.stdout.buffer.write(b'bytes\n')
sys.stdout.buffer.flush()
s = io.StringIO()
with contextlib.redirect_stdout(s):
    print('in')
    sys.stdout.write('more')
print(repr(s.getvalue()))
old, sys.stdout = sys.stdout, io.StringIO()
print('hidden', end='')
got, sys.stdout = sys.stdout.getvalue(), old
print(repr(got))
sys.stdout = None
print('nowhere')
sys.stdout = sys.__stdout__
e = io.StringIO()
with contextlib.redirect_stderr(e):
    print('oops', file=sys.stderr)
print(repr(e.getvalue()))
print(repr(input('prompt ')))
print(repr(sys.stdin.readline()), repr(sys.stdin.readline(3)), repr(sys.stdin.read(2)), repr(input()))
print(repr(next(sys.stdin)))
for line in sys.stdin:
    print(repr(line))
    break
old, sys.stdin = sys.stdin, io.StringIO('other\nlines')
print(input(), input('? '))
t(input)
sys.stdin = old
print(repr(sys.stdin.read()), repr(sys.stdin.read()), repr(sys.stdin.readline()))
t(input)
sys.stdout.reconfigure(encoding='latin-1', errors='backslashreplace', line_buffering=True)
print(sys.stdout.encoding, sys.stdout.errors, sys.stdout.line_buffering, '\u20ac')
sys.stdout.reconfigure(encoding='utf-8')
print('\u20ac')
sys.stdout.flush()
f = sys.stdout.detach()
f.write(b'detached\n')
f.flush()
sys.stdout = io.TextIOWrapper(f, encoding='utf-8')
print('again')
