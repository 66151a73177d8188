# Line ends: translated, kept or written, and positions told at every line, whatever the size of the pieces.
import io
import posix

P = '/tmp/uncoil_test_text_newlines'
DATA = 'a\r\nb\u00e9\n\r\rc\r\n\nd\r'.encode()
for newline in (None, '', '\n', '\r', '\r\n'):
    for chunk in (1, 2, 3, 5, 100):
        w = io.TextIOWrapper(io.BytesIO(DATA), newline=newline)
        w._CHUNK_SIZE = chunk
        cookies, lines, back = [], [], []
        while True:
            cookies.append(w.tell())
            line = w.readline()
            if not line:
                break
            lines.append(line)
        for cookie in cookies:
            w.seek(cookie)
            back.append(w.readline(3))
        print(repr(newline), chunk, ascii(lines), ascii(back), w.newlines, cookies)
    w = io.TextIOWrapper(io.BytesIO(), newline=newline)
    w.write('a\nb\r\nc\r')
    w.flush()
    print(w.buffer.getvalue())
    with open(P, 'w', newline=newline) as f:
        f.write('one\ntwo\r\nthree\rfour')
    print(open(P, 'rb').read(), list(open(P)), list(open(P, newline='')), open(P).read(5), open(P, newline='').readlines(4))
    s = io.StringIO('a\r\nb\rc\n', newline)
    print(s.readlines(), s.getvalue(), s.newlines)
for enc in ('utf-8', 'utf-16'):
    w = io.TextIOWrapper(io.BytesIO('a\u00e9\u20acbc'.encode(enc)), enc)
    w._CHUNK_SIZE = 2
    print(ascii([(w.read(1), w.tell()) for _ in range(6)]))
for newline in (None, ''):
    w = io.TextIOWrapper(io.BytesIO(b'a\r\nb\r\n\rc'), newline=newline)
    w._CHUNK_SIZE = 2
    print([(w.read(1), w.tell(), w.newlines) for _ in range(9)])
d = io.IncrementalNewlineDecoder(None, True)
print([d.decode('a\r'), d.getstate(), d.decode('\nb\r'), d.newlines, d.decode('', True), d.newlines, d.reset(), d.newlines])
d = io.IncrementalNewlineDecoder(None, False)
print([d.decode('a\r'), d.decode('\nb\r'), d.decode('c\n'), d.newlines, d.setstate((b'', 1)), d.decode('x')])
posix.unlink(P)
