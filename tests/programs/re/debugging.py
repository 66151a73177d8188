# re.DEBUG: the tree and the code of a pattern
import re

for pattern, flags in [
    ("abc", 0), ("a+b", 0), ("(a|bc)*?d", 0), ("(?>a+)b", 0), ("(?:ab)++c", 0), ("a++c", 0), ("[a-zA-Z_]x", 0), ("[a-z]+", re.I), ("é", re.I), ("[\u0400-\u0500\u0600]", 0), ("(a)?(?(1)b|c)", 0), ("(a)?(?(1)b)", 0),
    ("(?<=ab)c(?!d)", 0), (r"\bfoo\Z", re.M), ("foo|foobar|fab", 0), ("[^\n]", 0), (".", re.S), (r"(\d+)-\1", re.I), (r"[\w-]", re.I), ("[kſ-ƀ]", re.I), ("(?i:a)(?:b|c)^$", re.M), ("(?P<n>x)(?P=n){2,}", 0),
    (r"[^\W\d_]{1,3}?", re.A), ("(?!)", 0), ("", 0), ("[\U00010400-\U00010420]", re.I), ("x*+", re.A | re.I), ("(ab|cd)+", 0), (".{4294967294}?", 0),
]:
    print(ascii(pattern), int(flags))
    re.compile(pattern, flags | re.DEBUG)
re.compile(b"(?L)\\w[a-c]\\b", re.DEBUG | re.I)
try:
    re.compile("(?<=a*)b", re.DEBUG)
except re.error as e:
    print(e)
