# codecs: bytes and text, in pieces and in one.
import codecs
import io

seen = []


def starred(error):
    seen.append((error.start, error.end, error.reason))
    return "*", error.end


codecs.register_error("starred", starred)


for text in r'''
codecs.encode("é", "latin-1"), codecs.decode(b"\xc3\xa9"), codecs.encode("abc", "rot13"), codecs.encode(b"ab", "hex")
codecs.lookup("UTF8").name, codecs.lookup("latin1").name, codecs.lookup("utf_8").encode("é")
codecs.lookup("no-such")
codecs.decode(b"a\xffb", "ascii", "starred"), seen
"aéb".encode("ascii", "starred"), [("é").encode("ascii", how) for how in ("ignore", "replace", "xmlcharrefreplace", "backslashreplace", "namereplace")]
codecs.decode(b"a\xff", "utf-8")
codecs.lookup_error("strict"), codecs.lookup_error("starred") is starred
codecs.lookup_error("unknown")
(lambda d: [d.decode(b"\xc3"), d.decode(b"\xa9"), d.getstate(), d.decode(b"", True)])(codecs.getincrementaldecoder("utf-8")())
(lambda d: [d.decode(b"\xc3"), d.decode(b"", final=True)])(codecs.getincrementaldecoder("utf-8")())
(lambda e: [e.encode("a"), e.encode("é"), e.reset()])(codecs.getincrementalencoder("utf-16")())
list(codecs.iterdecode([b"\xc3", b"\xa9!"], "utf-8")), list(codecs.iterencode("é!", "utf-8"))
codecs.getreader("utf-8")(io.BytesIO(b"\xc3\xa9\nx\n")).readlines(), codecs.getwriter("latin-1")(io.BytesIO()).write("é")
codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM == codecs.BOM_UTF16
codecs.utf_8_decode(b"\xc3"), codecs.utf_8_encode("é"), codecs.escape_decode(b"\\x41\\n")
(lambda f: [f.write(b"\xe9"), f.stream.getvalue()])(codecs.EncodedFile(io.BytesIO(), "latin-1", "utf-8"))
codecs.charmap_build("ab") is not None, codecs.make_encoding_map({1: 97, 2: 97, 3: 98})
codecs.ascii_encode("é")
codecs.CodecInfo(len, len, name="x").name, repr(codecs.lookup("ascii"))[:40]
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
