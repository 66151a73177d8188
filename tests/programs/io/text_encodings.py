# Encodings and error handlers, with characters that lie across two pieces.
import io

TEXT = 'a\nb \u00e9\u20ac\U0001f600\n'
HANDLERS = ('strict', 'replace', 'ignore', 'backslashreplace', 'xmlcharrefreplace', 'namereplace', 'surrogateescape', 'nope')
ENCODINGS = ('utf-8', 'UTF8', 'utf-8-sig', 'utf-16', 'utf-32', 'utf-16-le', 'utf-16-be', 'latin-1', 'ascii', 'cp1252')
for enc in ENCODINGS:
    for errors in HANDLERS:
        b = io.BytesIO()
        w = io.TextIOWrapper(b, encoding=enc, errors=errors)
        try:
            w.write(TEXT)
            w.write('more\n')
            w.flush()
            print(enc, errors, b.getvalue(), w.tell())
            pos = w.tell()
            w.write('xyz')
            w.seek(0)
            print(ascii(w.read(3)), w.tell())
            w.seek(pos)
            print(ascii(w.read()))
            w.seek(0, 2)
            w.write('end')
            w.flush()
            print(b.getvalue()[-8:])
            w.seek(0)
            w.write('A')
            w.flush()
            print(b.getvalue()[:8])
        except Exception as e:
            print(enc, errors, type(e).__name__, e)
DATA = b'\xff\xfea\xc3\xa9\xe2\x82z\xf0\x9f\x98\x80\xed\xa0\x80\xe2\x82'
for enc in ENCODINGS:
    if enc == 'utf-32':
        continue
    for errors in HANDLERS:
        for chunk in (1, 3, 8192):
            w = io.TextIOWrapper(io.BytesIO(DATA), encoding=enc, errors=errors)
            w._CHUNK_SIZE = chunk
            try:
                print(enc, errors, chunk, [ascii(c) for c in iter(lambda: w.read(1), '')])
            except Exception as e:
                print(enc, errors, chunk, type(e).__name__, e)
