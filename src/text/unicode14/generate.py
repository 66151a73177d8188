#!/usr/bin/env python3.11
"""Writes the tables of this folder from the Unicode 14.0 data inside CPython 3.11.

Run in this folder: python3.11 generate.py
Everything is asked of str methods and unicodedata, so the tables hold what CPython answers, derived properties included.
"""
import sys
import unicodedata as ud
from fractions import Fraction

assert ud.unidata_version == "14.0.0"
ALL = range(0x110000)
CATEGORIES = "Cc Cf Cn Co Cs Ll Lm Lo Lt Lu Mc Me Mn Nd Nl No Pc Pd Pe Pf Pi Po Ps Sc Sk Sm So Zl Zp Zs".split()
BIDI = ["", "AL", "AN", "B", "BN", "CS", "EN", "ES", "ET", "FSI", "L", "LRE", "LRI", "LRO", "NSM", "ON", "PDF", "PDI", "R", "RLE", "RLI", "RLO", "S", "WS"]
WIDTHS = ["A", "F", "H", "N", "Na", "W"]


def array(name, type_, items, doc):
    lines, line = [], "   "
    for item in items:
        if len(line) + len(item) + 2 > 140:
            lines.append(line)
            line = "   "
        line += " " + item + ","
    lines.append(line)
    body = "\n".join(lines)
    return f"/// {doc}\n#[rustfmt::skip]\npub static {name}: [{type_}; {len(items)}] = [\n{body}\n];\n"


def write(path, header, *parts):
    with open(path, "w") as out:
        out.write("".join(f"//! {line}\n" for line in header) + "//! Written by `generate.py` of this folder; don't edit.\n\n" + "\n".join(parts))


def runs(value):
    """(first code point, value) wherever the value changes."""
    previous = object()
    for c in ALL:
        v = value(chr(c))
        if v != previous:
            yield c, v
            previous = v


def packed(value, bits):
    return [str(c << bits | v) for c, v in runs(value)]


def span_table(name, keep, doc):
    spans, start = [], None
    for c in ALL:
        if keep(chr(c)):
            start = c if start is None else start
        elif start is not None:
            spans.append((start, c - 1))
            start = None
    return array(name, "(u32, u32)", [f"({a},{b})" for a, b in spans], doc)


def category(c):
    return CATEGORIES.index(ud.category(c))


def mapping(name, method, base, doc):
    """Runs (first, last, step, delta) for one-to-one mappings, and a list for the longer ones."""
    single, longer = [], []
    for c in ALL:
        if 0xD800 <= c < 0xE000:
            continue
        mapped = method(chr(c))
        if mapped == base(chr(c)):
            continue
        if len(mapped) > 1:
            points = [ord(x) for x in mapped] + [0] * (3 - len(mapped))
            longer.append(f"({c},{points})".replace(" ", ""))
            continue
        delta = ord(mapped) - c
        if single and single[-1][3] == delta and c - single[-1][1] in (1, 2) and single[-1][2] in (0, c - single[-1][1]):
            single[-1][2] = c - single[-1][1]
            single[-1][1] = c
        else:
            single.append([c, c, 0, delta])
    one = array(name, "(u32, u32, u8, i32)", [f"({a},{b},{max(s, 1)},{d})" for a, b, s, d in single], doc + ": runs (first, last, step, delta).")
    more = array(name + "_LONG", "(u32, [u32; 3])", longer, doc + ": those of two or three code points, padded with 0.")
    return one + "\n" + more


def identity(c):
    return c


def ignorable(c):
    return ("A" + c + "Σ").lower()[-1] == "ς" and (c + "Σ").lower()[-1] != "ς"


def cased(c):
    return (c + "Σ").lower()[-1] == "ς"


def numeric_runs(value):
    out = []
    for c in ALL:
        v = value(chr(c))
        if v is None:
            continue
        if out and out[-1][1] == c - 1 and v.denominator == 1 and out[-1][3] == 1:
            first, last, start, _, step = out[-1]
            count = last - first + 1
            if count == 1 and v - start in (0, 1):
                out[-1] = [first, c, start, 1, int(v - start)]
                continue
            if count > 1 and v == start + step * count:
                out[-1][1] = c
                continue
        out.append([c, c, v if v.denominator == 1 else v.numerator, v.denominator, 0])
    return [f"({a},{b},{s},{d},{t})" for a, b, s, d, t in out]


def numeric(c):
    v = ud.numeric(c, None)
    return None if v is None else Fraction(v).limit_denominator(1000)


def digit(c):
    v = ud.digit(c, None)
    return None if v is None else Fraction(v)


decimals = [c for c in ALL if ud.decimal(chr(c), None) == 0]
for c in ALL:
    v = ud.decimal(chr(c), None)
    assert v is None or c - v in decimals
    assert v is not None or not any(c - k in decimals for k in range(10))
for c in ALL:
    assert 0xD800 <= c < 0xE000 or ignorable(chr(c)) or cased(chr(c)) == (chr(c).islower() or chr(c).isupper() or ud.category(chr(c)) == "Lt")
    assert (ud.category(chr(c))[0] == "L") == chr(c).isalpha()
    assert chr(c).isprintable() == (ud.category(chr(c))[0] not in "CZ" or c == 32)
    assert chr(c).istitle() == (ud.category(chr(c)) == "Lt" or chr(c).isupper())
    assert chr(c).isdecimal() == (ud.decimal(chr(c), None) is not None)
    assert chr(c).isdigit() == (ud.digit(chr(c), None) is not None)
    assert chr(c).isnumeric() == (ud.numeric(chr(c), None) is not None)

write("category.rs", ["The general category of every code point in Unicode 14.0, and the sets that categories don't give."],
      f"/// The categories in the order of their numbers in [`CATEGORY`].\npub static NAMES: [&str; {len(CATEGORIES)}] = ["
      + ", ".join(f'"{c}"' for c in CATEGORIES) + "];\n",
      array("CATEGORY", "u32", packed(category, 5), "Runs: first code point << 5 | category."),
      span_table("SPACE", str.isspace, "`str.isspace` (inclusive spans, as all below)."),
      span_table("OTHER_LOWER", lambda c: c.islower() != (ud.category(c) == "Ll"), "`str.islower` is category Ll, toggled here."),
      span_table("OTHER_UPPER", lambda c: c.isupper() != (ud.category(c) == "Lu"), "`str.isupper` is category Lu, toggled here."),
      span_table("OTHER_ID_START", lambda c: c.isidentifier() != (ud.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Pc") and c.isidentifier()
                 or ud.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl")), "XID_Start and `_` are the letters and Nl, toggled here."),
      span_table("OTHER_ID_CONTINUE", lambda c: ("a" + c).isidentifier() != (ud.category(c) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Mn", "Mc", "Nd", "Pc")),
                 "XID_Continue is the letters, Nl, Mn, Mc, Nd and Pc, toggled here."),
      span_table("CASE_IGNORABLE", ignorable, "Skipped when the final sigma rule looks for a cased letter."))
write("case.rs", ["Full case mappings of Unicode 14.0, as `str.upper`, `lower`, `title` and `casefold` apply them to one character."],
      mapping("LOWER", str.lower, identity, "Lower case"), mapping("UPPER", str.upper, identity, "Upper case"),
      mapping("TITLE", str.title, str.upper, "Title case where it is not upper case"),
      mapping("FOLD", str.casefold, str.lower, "Case folding where it is not lower case"))
write("numeric.rs", ["Decimal, digit and numeric values of Unicode 14.0."],
      array("DECIMAL_ZERO", "u32", [str(c) for c in decimals], "The zeros: each starts ten decimal digits in order."),
      array("DIGIT", "(u32, u32, i64, i64, i64)", numeric_runs(digit), "Digits: (first, last, value of first, 1, step of value)."),
      array("NUMERIC", "(u32, u32, i64, i64, i64)", numeric_runs(numeric), "Numeric values: (first, last, numerator of first, denominator, step of value)."))
write("layout.rs", ["East Asian width, canonical combining class, bidirectional class and mirroring of Unicode 14.0."],
      f"/// The widths in the order of their numbers in [`WIDTH`].\npub static WIDTH_NAMES: [&str; {len(WIDTHS)}] = [" + ", ".join(f'"{c}"' for c in WIDTHS) + "];\n",
      f"/// The classes in the order of their numbers in [`BIDI`].\n#[rustfmt::skip]\npub static BIDI_NAMES: [&str; {len(BIDI)}] = [" + ", ".join(f'"{c}"' for c in BIDI) + "];\n",
      array("WIDTH", "u32", packed(lambda c: WIDTHS.index(ud.east_asian_width(c)), 3), "Runs: first code point << 3 | width."),
      array("BIDI", "u32", packed(lambda c: BIDI.index(ud.bidirectional(c)), 5), "Runs: first code point << 5 | class."),
      array("COMBINING", "u32", packed(ud.combining, 8), "Runs: first code point << 8 | class."),
      span_table("MIRRORED", ud.mirrored, "Mirrored in right-to-left text (inclusive spans)."))


def alias(c):
    # CPython keeps aliases as names of private code points, which this handler lets out.
    text = chr(c).encode("ascii", "namereplace").decode()
    return text[3:-1] if text.startswith("\\N") else None


aliases = sorted((alias(c), ord(ud.lookup(alias(c)))) for c in range(0xF0000, 0xF0200) if alias(c))
write("aliases.rs", ["Other names of characters in Unicode 14.0 (corrections, control characters, abbreviations), in order of the alias."],
      array("ALIASES", "(&str, u32)", [f'("{name}",{c})' for name, c in aliases], "(alias, code point)"))
