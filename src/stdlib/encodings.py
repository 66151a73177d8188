"""Codecs by name, for codecs.lookup(): those that str.encode() knows, and a few between other things than text and bytes."""

import codecs

# Names being tried: what knows none of them asks here again.
_tried = set()

_MORE = {"utf_8": "utf-8", "utf8": "utf-8", "u8": "utf-8", "cp65001": "utf-8", "latin_1": "iso8859-1", "latin1": "iso8859-1",
         "l1": "iso8859-1", "8859": "iso8859-1", "iso_8859_1": "iso8859-1", "iso8859_1": "iso8859-1", "us_ascii": "ascii",
         "646": "ascii", "utf_16": "utf-16", "u16": "utf-16", "utf16": "utf-16", "utf_32": "utf-32", "u32": "utf-32", "utf32": "utf-32"}


def normalize_encoding(encoding):
    """Lower-case words with `_` between them."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    words, word = [], ""
    for c in encoding:
        if c.isalnum() or c == ".":
            if c.isascii():
                word += c
        elif word:
            words.append(word)
            word = ""
    return "_".join(words + ([word] if word else []))


def _text_codec(name, shown):
    """A codec that str.encode() and bytes.decode() know."""

    def encode(input, errors="strict"):
        return input.encode(name, errors), len(input)

    def decode(input, errors="strict"):
        return bytes(input).decode(name, errors), len(input)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        started = False

        def encode(self, input, final=False):
            data = input.encode(name, self.errors)
            if self.started and shown in ("utf-16", "utf-32", "utf-8-sig"):
                data = data[len("".encode(name)):]
            self.started = True
            return data

        def reset(self):
            self.started = False

        def getstate(self):
            return int(not self.started) * 2

        def setstate(self, state):
            self.started = not state

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def _buffer_decode(self, input, errors, final):
            if final or not input:
                return bytes(input).decode(name, errors), len(input)
            # What could be the start of a character waits.
            for rest in range(min(4, len(input) + 1)):
                try:
                    data = bytes(input[:len(input) - rest])
                    return data.decode(name, errors if rest == 3 else "strict"), len(data)
                except UnicodeDecodeError as error:
                    if error.end < len(input) - rest:
                        break
            return bytes(input).decode(name, errors), len(input)

    class StreamWriter(codecs.StreamWriter):
        pass

    class StreamReader(codecs.StreamReader):
        pass

    StreamWriter.encode = StreamReader.encode = staticmethod(encode)
    StreamWriter.decode = StreamReader.decode = staticmethod(decode)
    if shown == "utf-8":
        encode, decode = codecs.utf_8_encode, _utf_8_decode
    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, shown)


def _utf_8_decode(input, errors="strict"):
    return codecs.utf_8_decode(input, errors, True)


_utf_8_decode.__name__ = "decode"


def _plain(name, there, back, is_text=False):
    """A codec without state, of two functions."""

    def encode(input, errors="strict"):
        return there(input), len(input)

    def decode(input, errors="strict"):
        return back(input), len(input)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return there(input)

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return back(input)

    class StreamWriter(codecs.StreamWriter):
        pass

    class StreamReader(codecs.StreamReader):
        pass

    for kind in StreamReader, StreamWriter:
        kind.encode, kind.decode = staticmethod(encode), staticmethod(decode)
    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter, IncrementalEncoder, IncrementalDecoder, name,
                            _is_text_encoding=False)


def _rot13(text):
    turned = {}
    for first in ord("a"), ord("A"):
        turned.update({first + n: first + (n + 13) % 26 for n in range(26)})
    return text.translate(turned)


def _other(name):
    if name in ("rot13", "rot_13"):
        return _plain("rot13", _rot13, _rot13)
    if name in ("hex", "hex_codec"):
        return _plain("hex", lambda data: bytes(data).hex().encode(), lambda data: bytes.fromhex(bytes(data).decode("ascii")))
    if name in ("base64", "base64_codec", "base_64"):
        import base64
        return _plain("base64", base64.encodebytes, base64.decodebytes)
    if name in ("zlib", "zlib_codec", "zip"):
        import zlib
        return _plain("zlib", zlib.compress, zlib.decompress)
    return None


def search_function(encoding):
    """The codec of that name, or None."""
    name = normalize_encoding(encoding).lower()
    if name in _tried:
        return None
    found = _other(name)
    if found is not None:
        return found
    _tried.add(name)
    try:
        "".encode(name)
    except LookupError:
        return None
    finally:
        _tried.discard(name)
    return _text_codec(name, _MORE.get(name) or name.replace("_", "-"))


codecs.register(search_function)
