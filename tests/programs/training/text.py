"""Trains a build: strings, bytes, formatting, regular expressions, JSON."""

import json
import re
import string

PROSE = "The quick brown fox jumps over the lazy dog; the dog, they say, did not mind. Größe λ 日本 " * 20


def words():
    counted = {}
    for line in PROSE.split(". "):
        for word in line.lower().replace(",", " ").replace(";", " ").split():
            word = word.strip(string.punctuation)
            if word.isalpha() and not word.startswith("th"):
                counted[word] = counted.get(word, 0) + 1
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))[:3]


def caesar(text, by):
    out = []
    for c in text:
        if "a" <= c <= "z":
            c = chr((ord(c) - 97 + by) % 26 + 97)
        elif c in string.ascii_uppercase:
            c = string.ascii_uppercase[(string.ascii_uppercase.index(c) + by) % 26]
        out.append(c)
    return "".join(out)


def table(rows):
    lines = ""
    for i in range(rows):
        lines += f"{i:>5} {i * 1.5:8.2f} {i:#x} {'ab' * (i % 3)!r:<8}|\n"
        lines += "%s %d %5.1f" % (i, i, i / 3) + "{:,} {x}".format(i * 1000, x=i)
    return len(lines), lines.count("\n"), lines.find("999"), lines[-20:].upper()


def scan(text):
    """Letter by letter, as tokenizers do."""
    tokens, i = [], 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit():
            start = i
            while i < len(text) and text[i].isdigit():
                i += 1
            tokens.append(int(text[start:i]))
        else:
            tokens.append(c)
            i += 1
    return tokens


def data(n):
    record = {"name": "x", "values": [1, 2.5, None, True], "inner": {"text": "é\n\"", "list": list(range(5))}}
    total = 0
    for _ in range(n):
        total += len(json.dumps(record)) + len(json.loads('{"a": [1, 2, {"b": "c"}], "d": 1e3}'))
    return total


print(words(), caesar(PROSE, 3)[:20], caesar(caesar(PROSE, 5), 21) == PROSE, table(1500))
print(len(scan("12 + (345 * 6) - 78 / x1 " * 150)), data(60))
print(len(re.findall(r"\b(\w)(\w*)\b", PROSE)), re.sub(r"o(\w)", r"<\1>", PROSE)[:30], bool(re.fullmatch(r"(a|b)*c", "ab" * 30 + "c")))
print(PROSE.encode().hex()[:10], bytes(range(256)).decode("latin-1").swapcase()[65:70], bytearray(b"abc") * 3)
print(sum(hash(str(i)) & 1 for i in range(9000)) >= 0, "-".join(map(str, range(3000)))[-9:], PROSE[::-1].partition("yzal")[1])
