# unicodedata: what is known of characters.
import unicodedata


for text in r'''
unicodedata.name("a"), unicodedata.name("é"), unicodedata.name("漢"), unicodedata.name("가"), unicodedata.name("😀")
unicodedata.name("\n")
unicodedata.name("\n", "no name"), unicodedata.lookup("GREEK SMALL LETTER ALPHA"), unicodedata.lookup("latin small letter a")
unicodedata.lookup("NO SUCH NAME")
[unicodedata.category(c) for c in "aA1 _-(€\n漢\ud800"]
[unicodedata.bidirectional(c) for c in "a1א ."], [unicodedata.combining(c) for c in "a\u0301\u0327"]
[unicodedata.east_asian_width(c) for c in "a漢ｱ\u3000é"], [unicodedata.mirrored(c) for c in "(a∈"]
unicodedata.decimal("5"), unicodedata.digit("²"), unicodedata.numeric("½"), unicodedata.numeric("五")
unicodedata.decimal("a")
unicodedata.digit("½", None), unicodedata.decimal("x", -1), unicodedata.numeric("a", 0)
unicodedata.decomposition("é"), unicodedata.decomposition("ﬁ"), unicodedata.decomposition("a")
[ascii(unicodedata.normalize(form, "é\ufb01①")) for form in ("NFC", "NFD", "NFKC", "NFKD")]
unicodedata.normalize("NFX", "a")
unicodedata.is_normalized("NFC", "é"), unicodedata.is_normalized("NFD", "é"), unicodedata.is_normalized("NFC", "e\u0301")
unicodedata.category("ab")
unicodedata.unidata_version
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
