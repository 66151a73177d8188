# What compiling at run time adds to the collector's count: containers that die with it, and the tuples of the code.
import gc

SOURCES = [
    "pass", "x=1", "x=1+y", "x=1;y=2;z=x+y;print(x)", "def f(): pass", "def f(a,b): return a+b+1000", "def f():\n def g(): pass",
    "def f(): pass\ndef g(): pass", "def f(): pass\ndef g(): pass\ndef h(): pass\ndef i(): pass", "class A: pass",
    "class A:\n x=1\n def f(self): pass", "lambda: 0", "[a for a in ()]", "for i in x:\n if i: break\nelse: pass",
    "try: pass\nexcept E: pass", "import a", "from a import b,c", "x=(1,2)", "x=[1,2,3,4]", "f'{x} {y}'",
    "def f(a):\n def g(): return a\n return g", "class A:\n def f(self): return super().f()", "x\ny\nz\nw\nv\nu", "a.b.c(1,2,k=3)",
]


def counted(source, mode):
    gc.collect(), gc.collect()
    before = gc.get_count()[0]
    code = compile(source, "<s>", mode)
    first = gc.get_count()[0]
    again = compile(source, "<s>", mode)
    second = gc.get_count()[0]
    del code, again
    return first - before, second - first


counted("pass", "exec")
for source in SOURCES:
    print(repr(source), *counted(source, "exec"))
for source in ("1", "x", "x+1", "lambda: 0", "[a for a in b]", "f(x)"):
    print(source, *counted(source, "eval"))
x = y = 1
for work in (lambda: eval("x + y"), lambda: exec("z = x"), lambda: eval("[x, y]"), lambda: exec("def g(): return x\ng()")):
    gc.collect()
    before = gc.get_count()[0]
    work()
    first = gc.get_count()[0]
    work()
    print(first - before, gc.get_count()[0] - first)
