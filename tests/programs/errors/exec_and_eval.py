"""Source texts that do not compile or fail."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

for source in ("1 +", "x = ", "if True", "for x in", "def f(", "1 1", "return 5", "yield 1", "break", "continue", "a = 1 = 2", "f() = 1", "x +", "'abc", "(1, 2", "[1, 2)", "  x = 1", "if 1:\npass", "class", "lambda", "import", "from x", "del f()", "nonlocal x", "global 5", "async def f(): yield from x", "*a", "*a = 1", "a, *b, *c = d", "x: int = 1; x.y: str", "print 5", "exec 'a'", "a b", "0777", "1__0", "0x", "1e", "é = 1; è", "\\", "$", "?", "def f(a, a): pass", "f(a=1, a=2)", "f(a=1, 2)", "f(**a, *b)", "try: pass", "else: pass", "with a as 5: pass", "assert", "raise from x", "x = yield = 1", "{1: 2, **}", "[i for]", "f'{'", "f'{a b}'", "f'{}'", "f'{a!z}'", "match x:\n case 1 | y: pass\n case _: pass", "while 1: continue\nelse: break", "@5\nx"):
    try:
        compile(source, "<text>", "exec")
        print(repr(source), "fine")
    except SyntaxError as error:
        print(repr(source), type(error).__name__, error.msg, error.lineno, error.offset)
attempt(lambda: eval(""), lambda: eval("x = 1"), lambda: eval("1\n2"), lambda: eval("a + b", {"a": 1}), lambda: eval("1", 5), lambda: eval("1", {}, 5), lambda: exec("1/0"), lambda: eval("__import__('math').nothing"), lambda: compile("1", "f", "what"), lambda: compile(5, "f", "exec"), lambda: compile("a\0b", "f", "exec"))
exec("def f():\n    return 1 / 0\nf()")
