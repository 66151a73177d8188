# split, findall, finditer, scanner
import re

def attempt(f, *args):
    try:
        print(repr(f(*args)))
    except Exception as e:
        print(type(e).__name__, e)

attempt(re.split, ",", "a,b,,c")
attempt(re.split, "(,)", "a,b,,c")
attempt(re.split, r"\s*([,;])\s*", "a , b;c")
attempt(re.split, "x*", "axbxxc")
attempt(re.split, "", "abc")
attempt(re.split, r"\b", "a bc d")
attempt(re.split, "(a)|b", "xaybz")
attempt(re.split, ",", "a,b,c", 1)
attempt(re.split, ",", "")
attempt(re.split, b",", b"a,b")
attempt(re.split, "x", "abc")
attempt(re.findall, r"\d+", "1 22 333")
attempt(re.findall, r"(\w)(\d)?", "a1 b c3")
attempt(re.findall, r"(\w)\d", "a1 b c3")
attempt(re.findall, "", "abc")
attempt(re.findall, "a*", "baac")
attempt(re.findall, "(?=(..))", "abcd")
attempt(re.compile("a").findall, "banana", 2, 4)
attempt(re.findall, b"[a-c]", b"abcd")
print([m.span() for m in re.finditer("a*", "baac")], [m[0] for m in re.finditer(r"\w+", "to be or")])
it = re.finditer("a", "aba")
print(type(it).__name__, next(it), next(it), next(it, "end"), next(it, "end"))
s = re.compile("a|(b)").scanner("abxa")
print([s.search() for _ in range(5)])
s = re.compile("a|(b)").scanner("abxa")
print([s.match() for _ in range(5)], s.pattern)
print(re.compile("").scanner("ab").search(), [re.compile("").scanner("ab", 1).match()])
print(list(re.finditer("(?m)^.*$", "one\n\ntwo")))
scan = re.Scanner([(r"\d+\.\d*", lambda s, t: float(t)), (r"\d+", lambda s, t: int(t)), (r"[a-z]\w*", lambda s, t: (s.match.start(), t)), (r"\s+", None), ("[-+*/=]", "op")])
print(scan.scan("sum = 3*foo + 312.50+bar"), scan.scan("a $ b"))
