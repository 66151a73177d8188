# timeit, code, codeop, platform, getpass: what does not depend on the computer.
import code
import codeop
import codecs
import getpass
import io
import os
import platform
import sys
import timeit


def t(f, *a, **k):
    try:
        print(repr(f(*a, **k)))
    except Exception as e:
        print(type(e).__name__, e)


print(timeit.timeit("x += 1", setup="x = 0", number=10) >= 0, len(timeit.repeat(lambda: None, repeat=3, number=5)), timeit.default_number)
ticks = iter(range(100))
timer = timeit.Timer("a.append(1)", "a = []", timer=lambda: next(ticks), globals={})
print(timer.timeit(3), timer.repeat(2, 1), timer.src)
t(timeit.timeit, "x ="); t(timeit.timeit, 3); t(timeit.timeit, "y", number=1)
for text in ["x = 1", "if 1:", "if 1:\n  x", "if 1:\n  x\n", "(1,", "'''a", "a b", "", "# c", "def f(): pass", "def f(): pass\n", "x = \\", "for i in y:\n  pass\nelse:", "@d", "1 +", "print(1)\n"]:
    try:
        print(repr(text), codeop.compile_command(text) is not None)
    except SyntaxError as e:
        print(repr(text), "SyntaxError", e.msg)
sys.stderr = err = io.StringIO()
interpreter = code.InteractiveInterpreter({"x": 5})
print(interpreter.runsource("x + 1"), interpreter.runsource("for i in [1]:"), interpreter.runsource("y = ="), interpreter.runsource("1/0"))
console = code.InteractiveConsole({})
print(console.push("def f():"), console.push("  return 7"), console.push(""), console.push("f()"))
sys.stderr = sys.__stderr__
print([line for line in err.getvalue().split("\n") if "rror" in line])
lines = iter(["a = 3", "a * 2"])


def feed(prompt):
    try:
        return next(lines)
    except StopIteration:
        raise EOFError from None


sys.stderr = err = io.StringIO()
code.interact("hello", feed, {}, "bye")
sys.stderr = sys.__stderr__
print(repr(err.getvalue()))
print(platform.system(), platform.python_version() == sys.version.split()[0], platform.python_implementation(), len(platform.uname()), platform.uname()._fields[:3])
os.environ["LOGNAME"] = "me"
print(getpass.getuser())
print(codecs.encode("Hello", "rot13"), codecs.decode(b"6869", "hex"), codecs.lookup("utf8").name, codecs.lookup("latin-1").name, codecs.getencoder("ascii")("ab"))
t(codecs.lookup, "no-such"); t("x".encode, "rot13"); t(codecs.encode, "\xe9", "ascii")
decoder = codecs.getincrementaldecoder("utf-8")()
print([decoder.decode(bytes([byte])) for byte in "h\xe9\u20ac".encode()], list(codecs.iterdecode([b"\xe2", b"\x82\xac"], "utf-8")), list(codecs.iterencode(["a", "\xe9"], "utf-8")))
with codecs.open("/tmp/uncoil_test_codecs", "w", "utf-16") as f:
    f.write("h\xe9\nx")
with codecs.open("/tmp/uncoil_test_codecs", encoding="utf-16") as f:
    print([ascii(line) for line in f])
reader = codecs.getreader("utf-8")(io.BytesIO("\xe9a\nb".encode()))
print(ascii(reader.readline()), reader.read(), codecs.BOM_UTF8, codecs.lookup_error("ignore")(UnicodeEncodeError("a", "b", 0, 1, "c")))
codecs.register_error("star", lambda e: ("*", e.end))
print("a\xe9b".encode("ascii", "star"), b"a\xffb".decode("ascii", "star"))

# The times of the process, as a named sequence.
spent = os.times()
print(type(spent), len(spent), spent.elapsed >= spent.user == spent[0] >= 0, *(type(t).__name__ for t in spent))
