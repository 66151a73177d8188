# match, fullmatch and search: where they look, what they give
import re

def show(m):
    if m is None:
        print(None)
    else:
        print(m, m.span(), m.groups(), m.groupdict(), m.lastindex, m.lastgroup, m.pos, m.endpos)

for pattern, text in [
    ("abc", "abc"), ("abc", "xabc"), ("a*", "aaab"), ("(a)(b)?", "a"), ("(?P<y>\\d{4})-(?P<m>\\d\\d)", "on 2023-11 and 2024-01"),
    ("", "abc"), ("^b", "ab"), ("b$", "ab\n"), ("\\bfoo\\b", "a foo."), ("(a|ab)(c|bcd)(d*)", "abcd"), (".+", "a\nb"),
    ("(.)(.)(.)\\3\\2\\1", "xabccbay"), ("(?:ab)+", "ababa"), ("[^aeiou\\s]+", "a tree"), ("x{2,3}", "xxxxx"), ("x{,2}y", "xxxy"),
    ("a{2}{", "aa{"), ("{", "{"), ("a{,}", "aaa"), ("a{1", "a{1"), ("(?i)ABC", "xabC"), ("\\Aab\\Z", "ab"), ("\\Aab\\Z", "ab\n"),
    ("(?P<a>x)(?P=a)", "xx"), ("(a)|(b)", "b"), ("(?:(a)|b)*", "ab"), ("(?:(a)|(b))*", "abab"), ("()*", "ab"), ("(a*)*", "aab"),
]:
    print(repr(pattern), repr(text))
    for how in (re.match, re.fullmatch, re.search):
        show(how(pattern, text))

p = re.compile("a.c")
for pos in range(-1, 6):
    print(pos, p.match("abcabc", pos), p.search("abcabc", pos), p.search("abcabc", 0, pos), p.fullmatch("abcabc", pos, 3))
print(re.compile("^b").search("abc", 1), re.compile("(?m)^b").search("a\nbc", 1), re.compile("(?<=a)b").match("ab", 1))
print(re.compile("b$").search("abc", 0, 2), re.compile(r"\Bb").search("ab", 1))
m = re.search("(b)(c)?", "abd")
print(m[0], m[1], m[2], m.group(), m.group(0, 1, 2), m.start(), m.end(1), m.span(2), m.start(2), m.regs, m.string, m.re)
print(m.groups("-"), m.expand(r"<\1>"), bool(m), m == m.__copy__())
for key in (3, -1, "x", 1.5, None, 10**30):
    try:
        m.group(key)
    except Exception as e:
        print(type(e).__name__, e)
