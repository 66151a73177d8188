# sub, subn, templates, functions in place of templates, expand
import re
import warnings

warnings.simplefilter("ignore")

def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)

attempt(re.sub, "a", "b", "banana")
attempt(re.sub, "a", "b", "banana", 2)
attempt(re.sub, "a", "b", "banana", count=1, flags=re.I)
attempt(re.subn, "a", "b", "banana")
attempt(re.subn, "x", "b", "banana")
attempt(re.sub, "", "-", "abc")
attempt(re.sub, "x*", "-", "axxb")
attempt(re.sub, "b|", "-", "abc")
attempt(re.sub, r"(\w+) (\w+)", r"\2 \1", "hello world and more")
attempt(re.sub, r"(?P<first>\w)(\w*)", r"\g<2>\g<first>ay", "pig latin now")
attempt(re.sub, "a", r"\n\t\\\x" if False else r"\n\t\\", "bab")
attempt(re.sub, "a", r"\0\07\101\g<0>", "bab")
attempt(re.sub, "(a)(x)?", r"[\1\2]", "bab")
attempt(re.sub, "a", lambda m: m.group().upper() + str(m.start()), "banana")
attempt(re.sub, "a", lambda m: None, "banana")
attempt(re.sub, "a", lambda m: 1, "banana")
attempt(re.sub, "a", "", "banana")
attempt(re.sub, "a", "b" * 3, "a" * 3)
attempt(re.sub, "(?i)B", "x", "abAB")
for template in [r"\q", r"\g", r"\g<", r"\g<>", r"\g<1", r"\g<2>", r"\2", r"\g<x>", r"\g<1x>", r"\g<-1>", "\\", r"\400", r"\18", r"\g<a b>",
                 r"\8", r"\.", r"\-", r"\08", r"\g<01>", r"\g< 1>", r"\c", r"\é"]:
    attempt(re.sub, "(a)", template, "bab")
attempt(re.sub, b"a", b"b", b"banana")
attempt(re.sub, b"(a)", rb"<\1>", b"banana")
attempt(re.sub, b"a", lambda m: b"XY", bytearray(b"banana"))
attempt(re.sub, "a", b"b", "banana")
attempt(re.sub, b"a", "b", b"banana")
attempt(re.sub, "(a)", b"\\1", "banana")
attempt(re.sub, "a", 1, "banana")
attempt(re.sub, "x", 1, "banana")
text = "unchanged"
print(re.sub("x", "y", text) is text, re.sub("x", "y", text) == text)
m = re.match(r"(?P<a>\w)(\d)?", "q")
for template in [r"\1", r"<\2>", r"\g<a>!", "plain", r"\3", r"\g<b>", r"\n"]:
    attempt(m.expand, template)

class Counter:
    def __init__(self):
        self.n = 0
    def __call__(self, match):
        self.n += 1
        return f"{match[0]}{self.n}"

counter = Counter()
print(re.sub("[ab]", counter, "abcab"), counter.n)

def failing(m):
    raise KeyError(m.group())

attempt(re.sub, "b", failing, "abc")

def nested(m):
    return re.sub("[0-9]", lambda d: str(int(d[0]) * 2), m[0])

print(re.sub(r"<\d+>", nested, "1 <23> 4 <5>"))
