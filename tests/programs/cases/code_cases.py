# code: programs that come in pieces.
import code
import contextlib
import io


def fed(*lines, names=None):
    """What a console prints to whom these lines are typed."""
    console = code.InteractiveConsole(names)
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        wants = [console.push(line) for line in lines]
    return wants, out.getvalue()


class Typed(code.InteractiveConsole):
    def __init__(self, lines):
        super().__init__({"__name__": "typed"})
        self.lines = lines
        self.prompts = []

    def raw_input(self, prompt=""):
        self.prompts.append(prompt)
        if not self.lines:
            raise EOFError
        return self.lines.pop(0)


def typed(*lines, **options):
    console, out = Typed(list(lines)), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        console.interact(**options)
    return console.prompts, out.getvalue()


for text in r'''
fed("1 + 1")
fed("if True:", "    print('in')", "")
fed("x = (1,", "2)", "x")
fed("1 / 0")
fed("for")
fed("y", names={"y": [1]})
fed("None", "'text'", "_")
fed("def f():", "    return 5", "", "f()")
fed("raise SystemExit(3)")
typed("a = 3", "a * 2", banner="hello", exitmsg="bye")
typed("while 0:", "  pass", "", banner="", exitmsg="")
code.compile_command("x = 1").co_names, code.compile_command("if x:"), code.compile_command("def f():\n  return 1\n ")
code.compile_command("x = = 1")
code.compile_command("(1 +").__class__, code.compile_command("", symbol="eval")
code.InteractiveInterpreter({"k": 1}).locals, code.InteractiveInterpreter().locals
code.InteractiveInterpreter().runsource("(1,"), code.InteractiveInterpreter().runsource("pass")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
