# what is wrong with patterns, and where
import re
import warnings

warnings.simplefilter("ignore")

for pattern in [
    "(", ")", "(a", "a)", "a)b", "[", "[a", "[]", "[^]", "[z-a]", "[a-\\d]", "[\\w-z]", "*", "a**", "a*?*", "a+*", "a{2}{3}", "a{3,1}", "^*", "$+", "(?:^)*", "|*", "(*)",
    "\\", "a\\", "\\q", "[\\q]", "\\x", "\\xg", "\\x1", "\\u12", "\\U0001", "\\U00110000", "\\N", "\\N{", "\\N{}", "\\N{NO SUCH NAME}", "\\N{BULLET}", "\\400", "[\\400]", "[\\8]", "\\1", "(a\\1)", "\\9", "(a)\\2",
    "(?", "(?P", "(?P<", "(?P<>", "(?P<a", "(?P<1>a)", "(?P<a b>x)", "(?P=", "(?P=a)", "(?P=1)", "(?Pa)", "(?P<a>b)(?P<a>c)", "(?P<a>(?P=a))", "(?#", "(?#a", "(?z", "(?<", "(?<a", "(?=a", "(?!", "(?<=a*)", "(?<!a|bc)",
    "(?<=(a)\\1)", "(?<=(a))\\1", "(?(", "(?(1", "(?(1)", "(?(1)a|b|c)", "(?(2)a)(b)", "(?(a)b)", "(?(0)a)", "(?(-1)a)", "(?(1x)a)", "(?i", "(?i-", "(?i-i", "(?i-s", "(?-", "(?-a", "(?im", "(?i)(?s)(", "a(?i)", "(a(?i))",
    "(?iz)", "(?i1)", "(?-z:", "(?-1)", "(?t:a)", "(?-t:a)", "(?au)", "(?>a", "(?>", "a++*", "a*+?", "a{1,99999999999}", "\n\n  (", "a\n[", "(?x) a # (\n )", "(?P<é>a)", "(?P<a>x", "[a-", "[a-\\", "[[", "\\08", "\\8x",
    "(" * 101 + ")" * 100, "(?P<n>" + "a" * 40, "{1}", "a|{2}", "(?:a)(?P<b>c", "x{2}{", "(?<!", "(?<=", "\\A*", "\\b+", "(?i:", "(?i", "(?s-i:x",
]:
    try:
        p = re.compile(pattern)
        print(ascii(pattern), "ok", p.groups, dict(p.groupindex))
    except re.error as e:
        print(ascii(pattern), "|", e, "|", e.msg, e.pos, e.lineno, e.colno, e.pattern == pattern)
    except Exception as e:
        print(ascii(pattern), type(e).__name__, e)
for pattern in [b"(", b"\\q", b"[\xff-\x01]", b"\\u1234", b"\\N{BULLET}", b"(?P<\xe9>a", b"a\n("]:
    try:
        print(re.compile(pattern))
    except re.error as e:
        print(pattern, "|", e, "|", e.msg, e.pos, e.lineno, e.colno)
print(re.error("what"), re.error("what", "pattern", 3), re.error("what", "a\nb", 2).args, issubclass(re.error, Exception), re.error.__name__)
try:
    re.compile("(")
except re.error as e:
    print(repr(e), e.__cause__, e.__context__)
