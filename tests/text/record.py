#!/usr/bin/env python3.11
"""Writes random cases of number and text functions with CPython's answers, a JSON array a line: [function, arguments..., answer].

    python3.11 tests/text/record.py 20 1 > tests/text/cases.jsonl      the recorded golden
    python3.11 tests/text/record.py 2000 2 > /tmp/cases.jsonl && UNCOIL_TEXT_CASES=/tmp/cases.jsonl cargo test text

The first argument is the number of cases a function, the second the seed, any further ones name functions (prefixes).
A value is one string: a tag (s str, b bytes, i int, f float bits, o other) and its text, characters that aren't plain ASCII
and backslashes as `\{hex}`; or an array. `!Kind: message` is an exception.
"""
import codecs
import json
import math
import os
import random
import struct
import subprocess
import sys
import unicodedata as ud
import warnings
from fractions import Fraction

if os.environ.get("PYTHONHASHSEED") != "0":
    sys.exit(subprocess.run([sys.executable, *sys.argv], env={**os.environ, "PYTHONHASHSEED": "0"}).returncode)
COUNT, SEED = int(sys.argv[1]), int(sys.argv[2])
ONLY = sys.argv[3:]
R = random.Random(SEED)


def esc(s):
    return "".join(c if " " <= c <= "~" and c != "\\" else "\\{%x}" % ord(c) for c in s)


def enc(v):
    if isinstance(v, bool) or v is None:
        return "o" + str(v)
    if isinstance(v, str):
        return "s" + esc(v)
    if isinstance(v, (bytes, bytearray)):
        return "b" + esc(v.decode("latin1"))
    if isinstance(v, int):
        return "i%x" % v if v >= 0 else "i-%x" % -v
    if isinstance(v, float):
        return "fnan" if v != v else "f" + struct.pack(">d", v).hex()
    if isinstance(v, complex):
        return [enc(v.real), enc(v.imag)]
    if isinstance(v, (tuple, list)):
        return [enc(x) for x in v]
    raise TypeError(v)


def case(name, args, f, count=None):
    if ONLY and not any(name.startswith(o) for o in ONLY):
        return
    seen = set()
    for _ in range(COUNT if count is None else min(count, COUNT * 8)):
        a = args()
        key = repr(a)
        if key in seen:
            continue
        seen.add(key)
        try:
            answer = enc(f(*a))
        except Exception as e:
            answer = "!" + esc(type(e).__name__ + ": " + ("".join(map(str, e.args[-1:])) if not isinstance(e, UnicodeError) else str(e)))
        print(json.dumps([name, *map(enc, a), answer], separators=(",", ":")))


# --- generators ---------------------------------------------------------------------------------------------------
def rint():
    k = R.randrange(8)
    n = [R.randrange(10), R.randrange(1000), R.getrandbits(31), R.getrandbits(63), R.getrandbits(64), R.getrandbits(100), R.getrandbits(R.randrange(1, 300)),
         (1 << R.randrange(1, 130)) + R.randrange(-2, 3)][k]
    return n if R.random() < 0.6 else -n


def rfloat():
    k = R.randrange(14)
    x = [lambda: struct.unpack("<d", struct.pack("<Q", R.getrandbits(64)))[0], lambda: R.random(), lambda: float(R.randrange(1000)),
         lambda: round(R.uniform(-1000, 1000), R.randrange(6)), lambda: R.choice([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308]),
         lambda: R.randrange(-2000, 2000) / 2.0 ** R.randrange(12), lambda: 10.0 ** R.randrange(-20, 25), lambda: R.randrange(1, 100) * 10.0 ** R.randrange(-10, 20),
         lambda: float(R.getrandbits(R.randrange(1, 1000))), lambda: R.randrange(100000) / 10 ** R.randrange(6), lambda: R.randrange(10**6) + 0.5, lambda: R.uniform(0, 1) * 10 ** R.randrange(-320, 300),
         lambda: float(2 ** R.randrange(1024)), lambda: 2.0 ** -R.randrange(1074)][k]()
    return x if R.random() < 0.7 else -x


WIDE = "aAbBzZ019 _-.'\"\\\t\n\r\x0b\x0c\x00\x1b\x1c\x1f\x7f\x80\x85\xa0\xadéßÿµŉİıſΣσςǅǆΐΰẞﬁ\u0300\u0345\u2028\u2029\u3000\u200d٣५²½Ⅷ一十漢\ud800\udfff\udc80\uffff😀𝟘\U0001e900\U0001e922\U0010ffff"
ASCII = "abcABC xyz019 _,.;:!?'\"\\\t\n\r\x0b\x0c\x00\x1c\x7f"


def rstr(top=12, alphabet=None):
    if alphabet is None:
        alphabet = R.choice([ASCII, ASCII, WIDE, "ab", "aé", "aΣ ", "aé漢", "a b\n"])
    if alphabet is WIDE and R.random() < 0.2:
        return "".join(chr(R.choice([R.randrange(0xF0000), R.randrange(0x3000), R.randrange(0xF0400, 0x110000)])) for _ in range(R.randrange(top)))
    return "".join(R.choice(alphabet) for _ in range(R.randrange(top)))


def rbytes(top=12):
    alphabet = R.choice([b"ab", b"abc AB\t\n\r09", bytes(range(256))])
    return bytes(R.choice(alphabet) for _ in range(R.randrange(top)))


def digits(top, alphabet="0123456789"):
    return "".join(R.choice(alphabet) for _ in range(R.randrange(top)))


def int_text():
    space = R.choice(["", "", "", " ", "\n", "\u2003", "\x1c", "\t "])
    body = R.choice([digits(8), digits(30), digits(8, "01"), digits(8, "0123456789abcdefXYZ"), digits(6, "019_"), digits(5, "01٣५_")])
    return space + R.choice(["", "", "-", "+", "--"]) + R.choice(["", "", "", "0x", "0b", "0O", "0X_", "0"]) + body + R.choice(["", "", "", " ", "\n", "\u2003", "_", "x", "é", "\0"])


def float_text():
    if R.random() < 0.3:
        return R.choice([repr(rfloat()), "%.*e" % (R.randrange(40), rfloat()), "%.*f" % (R.randrange(40), rfloat()), str(rint())])
    body = R.choice([digits(8) + "." + digits(8), digits(25), "." + digits(5), digits(3) + R.choice("eE") + R.choice(["", "+", "-"]) + digits(4), "inf", "nAn", "Infinity", "1_0.5", "_1", "1_", "٣.५", "1e5_0", "nan1", "0x1"])
    return R.choice(["", "", " ", "\n", "\u3000", "\x1c"]) + R.choice(["", "", "-", "+"]) + body + R.choice(["", "", "", " ", "\t", "x", "\0", "é"])


def hex_text():
    if R.random() < 0.4:
        return R.choice(["", " "]) + rfloat().hex() + R.choice(["", "", " ", "0"])
    return R.choice(["", "-", "+"]) + R.choice(["", "0x", "0X"]) + digits(20, "0123456789abcdefABCDEF") + R.choice(["", ".", "." + digits(18, "0123456789abcdef")]) + R.choice(["", "p" + R.choice(["", "-", "+"]) + digits(5)])


def halfway_hex():
    e = R.choice([R.randrange(-1100, 1030), R.randrange(-1080, -1060), R.randrange(-1030, -1015)])
    return R.choice(["", "-"]) + "0x%x" % R.getrandbits(R.choice([1, 2, 3, 8, 53, 54, 55, 60, 64, 70])) + R.choice(["", ".8", ".80000000000000000001", ".7fffffffffffff"]) + "p%d" % e


# --- numbers ------------------------------------------------------------------------------------------------------
case("float.repr", lambda: (rfloat(),), repr)
case("float.hex", lambda: (rfloat(),), float.hex)
case("float.parse", lambda: (float_text(),), float)
case("float.fromhex", lambda: (R.choice([hex_text, halfway_hex])(),), float.fromhex)
case("float.ratio", lambda: (rfloat(),), float.as_integer_ratio)
case("float.round", lambda: (rfloat(), R.choice([R.randrange(-5, 8), R.randrange(-330, 340)])), round)
case("float.round_to_int", lambda: (rfloat(),), round)
case("float.int", lambda: (rfloat(),), int)
case("float.divmod", lambda: (rfloat(), rfloat()), divmod)
case("float.mod", lambda: (rfloat(), rfloat()), lambda a, b: a % b)
case("float.floordiv", lambda: (rfloat(), rfloat()), lambda a, b: a // b)
case("float.hash", lambda: (R.choice([rfloat, lambda: float(R.randrange(-5, 5))])(),), lambda x: None if x != x else hash(x))
case("complex.repr", lambda: (rfloat(), rfloat()), lambda a, b: repr(complex(a, b)))
case("complex.parse", lambda: (R.choice(["", "", "(", " "]) + R.choice(["", float_text().strip()]) + R.choice(["", "+", "-"]) + R.choice(["", "1", "1.5", "2e3", "inf", "nan"]) + R.choice(["j", "J", "", "i"]) + R.choice(["", "", ")", " "]),), complex)
case("complex.pow", lambda: (R.randrange(-4, 5) / 2, R.randrange(-4, 5) / 2, R.randrange(-4, 5) / 2, R.choice([0.0, 0.0, 0.5, -1.0])), lambda a, b, c, d: complex(a, b) ** complex(c, d))
case("complex.div", lambda: (rfloat(), rfloat(), rfloat(), rfloat()), lambda a, b, c, d: complex(a, b) / complex(c, d))
case("int.parse", lambda: (int_text(), R.choice([10, 10, 10, 0, 0, 16, 2, 8, 36, 3, 7, 1, 37])), int)
case("int.parse_long", lambda: (R.choice(["", "-", " "]) + R.choice(["1", "0", "1_"]) * R.randrange(4290, 4310) + R.choice(["", "x", "_"]), R.choice([10, 0, 16, 7])), int, 1 + COUNT // 8)
case("int.parse_bytes", lambda: (rbytes(5) if R.random() < 0.5 else int_text().encode("utf-8", "surrogatepass"), R.choice([10, 0, 16])), int)
case("int.str", lambda: (rint(),), str)
case("int.hash", lambda: (rint(),), hash)
case("int.base", lambda: (rint(), R.choice([2, 8, 16])), lambda n, b: {2: bin, 8: oct, 16: hex}[b](n))
case("int.floordiv", lambda: (rint(), rint()), lambda a, b: a // b)
case("int.mod", lambda: (rint(), rint()), lambda a, b: a % b)
case("int.divmod", lambda: (rint(), rint()), divmod)
case("int.pow", lambda: (rint(), R.randrange(12)), pow)
case("int.powmod", lambda: (rint(), rint(), rint()), pow)
case("int.shl", lambda: (rint(), R.randrange(-2, 200)), lambda a, b: a << b)
case("int.shr", lambda: (rint(), R.randrange(-2, 200)), lambda a, b: a >> b)
case("int.and", lambda: (rint(), rint()), lambda a, b: a & b)
case("int.or", lambda: (rint(), rint()), lambda a, b: a | b)
case("int.xor", lambda: (rint(), rint()), lambda a, b: a ^ b)
case("int.bit_length", lambda: (rint(),), int.bit_length)
case("int.bit_count", lambda: (rint(),), int.bit_count)
case("int.to_bytes", lambda: (rint(), R.randrange(12), R.random() < 0.5, R.random() < 0.5), lambda n, l, little, s: n.to_bytes(l, "little" if little else "big", signed=s))
case("int.from_bytes", lambda: (rbytes(), R.random() < 0.5, R.random() < 0.5), lambda b, little, s: int.from_bytes(b, "little" if little else "big", signed=s))
case("int.float", lambda: (R.choice([rint(), rint() << R.randrange(1100), int(abs(rfloat() or 1)) if 0 else R.getrandbits(54) << R.randrange(960, 975)]),), float)
case("int.truediv", lambda: (rint() << R.choice([0, 0, R.randrange(1200)]), rint() << R.choice([0, 0, R.randrange(1200)])), lambda a, b: a / b)
case("int.isqrt", lambda: (rint(),), math.isqrt)
case("int.gcd", lambda: (rint(), rint()), math.gcd)
case("int.round", lambda: (rint(), R.randrange(1, 30)), lambda n, d: round(n, -d))
near = lambda: (lambda x: (int(x) + R.randrange(-1, 2), x) if math.isfinite(x) else (rint(), x))(rfloat())
case("int.cmp_float", near, lambda n, x: None if x != x else (n > x) - (n < x))
# --- text ---------------------------------------------------------------------------------------------------------
case("str.repr", lambda: (rstr(),), repr)
case("str.ascii", lambda: (rstr(),), ascii)
case("bytes.repr", lambda: (rbytes(),), repr)


# --- formatting ---------------------------------------------------------------------------------------------------
def rspec(codes):
    def maybe(p, f):
        return f() if R.random() < p else ""
    return (maybe(0.4, lambda: maybe(0.5, lambda: R.choice("*0x é漢😀<")) + R.choice("<>^=")) + maybe(0.3, lambda: R.choice("+- ")) + maybe(0.1, lambda: "z") + maybe(0.2, lambda: "#")
            + maybe(0.3, lambda: "0") + maybe(0.5, lambda: str(R.randrange(1, 25))) + maybe(0.3, lambda: R.choice([",", "_", ",", "_", ",_", "_,", ",,"])) + maybe(0.35, lambda: "." + str(R.randrange(0, R.choice([4, 20, 60]))))
            + maybe(0.75, lambda: R.choice(codes)) + maybe(0.03, lambda: R.choice("q é")))


case("format.str", lambda: (rstr(), rspec("sssssdgx ")), format)
case("format.int", lambda: (rint(), rspec("dddbboxXXcnneEfgG%sé\x01")), format)
case("format.float", lambda: (rfloat(), rspec("eEffFgggGn%ds\x80")), format)
case("format.complex", lambda: (rfloat(), rfloat(), rspec("eEfFgGn%d")), lambda a, b, s: format(complex(a, b), s))
case("format.float_long", lambda: (rfloat(), R.choice([".1200f", ".1200e", "#.1200g", ".400g", ".0f", ".0e", "#.0f", "#.0e", "#.0g", "#.3g", "#"])), format, 300)


def rpercent(codes):
    return "%" + R.choice(["", "", "(a)", "(x(y))"][:R.choice([2, 2, 4])]) + "".join(R.choice("-+ #0") for _ in range(R.choice([0, 0, 1, 2]))) + R.choice(["", "", "5", "12"]) + R.choice(["", "", ".", ".0", ".3", ".12"]) + R.choice(["", "", "", "l", "h"]) + R.choice(codes)


case("percent.str", lambda: (rpercent("s").replace("(a)", "").replace("(x(y))", ""), rstr()), lambda f, v: f % (v,))
case("percent.int", lambda: (rpercent("diuxXo").replace("(a)", "").replace("(x(y))", ""), rint()), lambda f, v: f % (v,))
case("percent.float", lambda: (rpercent("eEfFgG").replace("(a)", "").replace("(x(y))", ""), rfloat()), lambda f, v: f % (v,))


class Any(dict):
    def __missing__(self, key):
        return "<" + key + ">"


def percent_text():
    return "".join(R.choice(["%s", "%(a)s", "%%", "%", "a", "é", "%5s", "%(b(c))5s", "%(d", "%.2s", "%-7.2s", "%y", "%(a)é", "%ls", "%lls", "%\x1f", "%(k)%"]) for _ in range(R.randrange(4)))


case("percent.text", lambda: (percent_text(),), lambda f: f % Any())


class Probe:
    """Formats as a record of what was asked of it."""

    def __init__(self, path):
        self.path = path

    def __getattr__(self, name):
        return Probe(self.path + "." + name)

    def __getitem__(self, key):
        return Probe(self.path + "[" + repr(key) + "]")

    def __format__(self, spec):
        return "<" + self.path + "|" + spec + ">"

    def __str__(self):
        return self.path + "!s"

    def __repr__(self):
        return self.path + "!r"


def rtemplate():
    if R.random() < 0.5:
        return "".join(R.choice("{{{}}}!:.[]ra0é ") for _ in range(R.randrange(10)))
    piece = lambda: R.choice(["{}", "{0}", "{1}", "{a}", "{a.b}", "{0[x]}", "{0[3].c}", "{!r}", "{a!s:>9}", "{:{}}", "{0:{1}}", "{:{a}.{b}}", "{{", "}}", "x", "é", "{a[}]}", "{a!r:{b!s:5}}", "{:{:{}}}", "{a!x}", "{a..b}", "{a[b]c}", "{", "}", "{0٣}", "{٣}"])
    return "".join(piece() for _ in range(R.randrange(5)))


NAMED = {n: Probe(repr(n)) for n in ["a", "b"]}


def run_template(t):
    try:
        return t.format(*[Probe(str(i)) for i in range(10)], **NAMED)
    except (KeyError, IndexError) as e:
        return type(e).__name__


case("template", lambda: (rtemplate(),), run_template)


# --- methods ------------------------------------------------------------------------------------------------------
def pair(top=12):
    alphabet = R.choice([ASCII, "ab", "ab", "aé", "a漢", "ab漢😀", WIDE])
    s = rstr(top, alphabet)
    if s and R.random() < 0.5:
        i = R.randrange(len(s))
        return s, s[i:i + R.randrange(1, 4)]
    return s, rstr(3, alphabet)


def rindex():
    return R.choice([0, 0, 2**63 - 1, R.randrange(-8, 15), R.randrange(-8, 15)])


def ranged(name, method):
    case("str." + name, lambda: (*pair(), rindex(), R.choice([2**63 - 1, rindex()])), method)


def rlimit():
    return R.choice([-1, -1, 0, 1, 2, 3])


def bpair():
    s, p = pair()
    return s.encode("latin1", "ignore"), p.encode("latin1", "ignore")


ranged("find", str.find), ranged("rfind", str.rfind), ranged("count", str.count), ranged("startswith", str.startswith), ranged("endswith", str.endswith)
case("str.contains", pair, lambda a, b: b in a)
case("str.replace", lambda: (*pair(), rstr(3, R.choice(["ab", "é", "漢", ""]) or "a"), rlimit()), str.replace)
case("str.split", lambda: (*pair(), rlimit()), str.split)
case("str.rsplit", lambda: (*pair(), rlimit()), str.rsplit)
case("str.split_space", lambda: (rstr(20), rlimit()), lambda s, n: s.split(None, n))
case("str.rsplit_space", lambda: (rstr(20), rlimit()), lambda s, n: s.rsplit(None, n))
case("str.splitlines", lambda: (rstr(20, R.choice(["a\n\r", "a\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85", "a\u2028\u2029\n漢"])), R.random() < 0.5), str.splitlines)
case("str.partition", pair, str.partition)
case("str.rpartition", pair, str.rpartition)
case("str.strip", lambda: (rstr(),), str.strip)
case("str.lstrip", lambda: (rstr(),), str.lstrip)
case("str.rstrip", lambda: (rstr(),), str.rstrip)
case("str.strip_chars", pair, str.strip)
case("str.removeprefix", pair, str.removeprefix)
case("str.removesuffix", pair, str.removesuffix)
for n in ["center", "ljust", "rjust"]:
    case("str." + n, lambda: (rstr(), R.randrange(-2, 20), R.choice("* é漢😀")), getattr(str, n))
case("str.zfill", lambda: (R.choice(["", "+", "-"]) + rstr(6), R.randrange(-2, 12)), str.zfill)
case("str.expandtabs", lambda: (rstr(20, "a\t\n\ré"), R.randrange(-2, 10)), str.expandtabs)
for n in ["upper", "lower", "casefold", "title", "capitalize", "swapcase", "isalpha", "isalnum", "isdecimal", "isdigit", "isnumeric", "isspace", "isprintable", "islower", "isupper", "istitle", "isidentifier", "isascii"]:
    case("str." + n, lambda: (R.choice([rstr(), rstr(3), rstr(10, "aAΣσ. \u0301'1"), rstr(6, "Aaǅǆ 1ßİ"), rstr(3, "09²½٣"), rstr(4, "_a1é·℘\u0301")]),), getattr(str, n))
case("str.join", lambda: (rstr(3), [rstr(4) for _ in range(R.randrange(5))]), str.join)
case("str.compare", pair, lambda a, b: (a > b) - (a < b))
case("str.hash", lambda: (rstr(20),), hash)
case("tuple.hash", lambda: ([rint() for _ in range(R.randrange(6))],), lambda t: hash(tuple(t)))
case("frozenset.hash", lambda: (list({rint() for _ in range(R.randrange(6))}),), lambda t: hash(frozenset(t)))
case("str.translate", lambda: (rstr(20, "abcd漢"),), lambda s: s.translate({97: None, 98: "é漢", 99: 0x1F600}))
case("str.slice_step", lambda: (rstr(), rindex(), rindex(), R.choice([1, 2, -1, -3])), lambda s, a, b, c: s[a:b:c])
for n in ["find", "rfind", "count", "startswith", "endswith"]:
    case("bytes." + n, lambda: (*bpair(), rindex(), R.choice([2**63 - 1, rindex()])), getattr(bytes, n))
case("bytes.replace", lambda: (*bpair(), rbytes(3), rlimit()), bytes.replace)
case("bytes.split", lambda: (*bpair(), rlimit()), bytes.split)
case("bytes.rsplit", lambda: (*bpair(), rlimit()), bytes.rsplit)
case("bytes.split_space", lambda: (rbytes(20), rlimit()), lambda s, n: s.split(None, n))
case("bytes.rsplit_space", lambda: (rbytes(20), rlimit()), lambda s, n: s.rsplit(None, n))
case("bytes.splitlines", lambda: (rbytes(20), R.random() < 0.5), bytes.splitlines)
case("bytes.strip", lambda: (rbytes(),), bytes.strip)
case("bytes.strip_bytes", bpair, bytes.strip)
for n in ["center", "ljust", "rjust"]:
    case("bytes." + n, lambda: (rbytes(), R.randrange(-2, 20), R.choice([b"*", b" "])), getattr(bytes, n))
case("bytes.zfill", lambda: (R.choice([b"", b"+", b"-"]) + rbytes(6), R.randrange(-2, 12)), bytes.zfill)
case("bytes.expandtabs", lambda: (rbytes(20), R.randrange(-2, 10)), bytes.expandtabs)
for n in ["title", "capitalize", "swapcase", "isalpha", "isalnum", "isdigit", "isspace", "islower", "isupper", "istitle"]:
    case("bytes." + n, lambda: (R.choice([rbytes(), rbytes(4)]),), getattr(bytes, n))
case("bytes.hex", lambda: (rbytes(), R.choice(":-"), R.randrange(-4, 5)), bytes.hex)
case("bytes.fromhex", lambda: (R.choice([rbytes().hex(" "), rbytes().hex(), digits(8, "0123aF \n"), digits(6, "01 é\ud800g\x1c")]),), bytes.fromhex)


# --- all of Unicode: hash(bytes) of the answers for every code point ------------------------------------------------
def every(name, f):
    case("unicode." + name, lambda: (), lambda: hash("\n".join(f(chr(c)) for c in range(0x110000)).encode("utf-8", "surrogatepass")), 1)


every("category", ud.category)
every("flags", lambda c: "".join("01"[f(c)] for f in [str.isalpha, str.isdecimal, str.isdigit, str.isnumeric, str.isspace, str.isprintable, str.islower, str.isupper, str.istitle, str.isidentifier]) + "01"[("a" + c).isidentifier()])
every("upper", str.upper)
every("lower", str.lower)
every("title", str.title)
every("casefold", str.casefold)
every("numbers", lambda c: "%s %s %s" % (ud.decimal(c, -1), ud.digit(c, -1), "%d/%d" % Fraction(ud.numeric(c)).limit_denominator(1000).as_integer_ratio() if c.isnumeric() else -1))
every("layout", lambda c: "%s %s %d %d" % (ud.east_asian_width(c), ud.bidirectional(c), ud.combining(c), ud.mirrored(c)))
every("name", lambda c: ud.name(c, ""))


def by_name(name):
    try:
        return ord(ud.lookup(name))
    except KeyError:
        return None
    except TypeError:
        return None  # a named sequence


def rname():
    name = ud.name(chr(R.randrange(0x20000)), "") or R.choice(["LF", "LINE FEED", "NULL", "BELL", "ALERT", "NBSP", "LATIN SMALL LETTER GHA", "BOM", "CJK UNIFIED IDEOGRAPH-4E00", "HANGUL SYLLABLE GAG", "SPACE", "CR", "ESC", "DEL", "VS16", "BYTE ORDER MARK", "FOO"])
    return R.choice([name, name, name.lower(), name.title(), name.replace(" ", "", 1), name.replace("-", " "), name.replace(" ", "_"), name + " "])


case("unicode_lookup", lambda: (rname(),), by_name)

# --- codecs -------------------------------------------------------------------------------------------------------
HANDLERS = "strict ignore replace backslashreplace xmlcharrefreplace namereplace surrogateescape surrogatepass".split()
ENCODINGS = "utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be latin-1 ascii cp1252 cp437 iso8859-7 koi8-r unicode_escape raw_unicode_escape".split()


def encoded(encoding):
    alphabet = R.choice([ASCII, "aé€😀", WIDE, "a\ud800\udfff\udc80é", "\\xuN{0123}a€"])
    data = bytearray(rstr(8, alphabet).encode(encoding, R.choice(["surrogatepass", "backslashreplace"]) if encoding[:3] == "utf" else "replace"))
    for _ in range(R.choice([0, 0, 1, 2])):
        if data:
            i = R.randrange(len(data))
            if R.random() < 0.5:
                del data[i]
            else:
                data[i] = R.choice([0, 0x41, 0x80, 0xBF, 0xC2, 0xD8, 0xDC, 0xE0, 0xED, 0xF0, 0xF4, 0xFF, R.randrange(256)])
    return bytes(data)


def rdecode():
    encoding = R.choice(ENCODINGS + ["utf-8"] * 8)
    return encoded(encoding), encoding, R.choice(HANDLERS + ["strict"] * 3)


warnings.simplefilter("ignore")
case("decode", rdecode, bytes.decode, COUNT * 8)
case("encode", lambda: (rstr(8, R.choice([None, WIDE, "aé€😀漢", "a\ud800\udfff\udc80\udcffé", "\udc80\udc81a\ud800", "\u0391\u2592€éя"])), R.choice(ENCODINGS), R.choice(HANDLERS + ["strict"] * 3)), str.encode, COUNT * 8)
NAMED_CODECS = set("utf-8 utf-8-sig utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be iso8859-1 ascii cp1250 cp1251 cp1252 cp1253 cp1254 cp1257 cp437 cp850 cp852 cp866 iso8859-2 iso8859-5 iso8859-7 iso8859-9 iso8859-15 koi8-r koi8-u mac-roman".split())


def codec_name(name):
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return found if found in NAMED_CODECS else None


case("codec.name", lambda: (R.choice(["utf", "UTF", "latin", "iso-8859", "cp", "windows", "ascii", "koi8", "u"]) + R.choice(["", "-", "_", " ", "--"]) + R.choice(["", "8", "1", "16", "32", "1252", "437", "r", "16-le", "16LE", "_be", "8-sig", "15"]) + R.choice(["", "", " "]),),
     codec_name)
for form in ["NFC", "NFD", "NFKC", "NFKD"]:
    every(form, lambda c: ud.normalize(form, c))
case("normalize", lambda: (R.choice(["NFC", "NFD", "NFKC", "NFKD"]), rstr(10, R.choice([WIDE, "aeo\u0301\u0323\u0308\u0345Å\u212bﬁ각ㄱ\u1100\u1161\u11a8"]))), ud.normalize)
case("float.pow", lambda: (rfloat(), R.choice([rfloat(), float(R.randrange(-10, 10)), 0.5])), lambda a, b: a ** b)
