# inspect: signatures, sources, kinds, frames.
import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import inspect, functools, sys, asyncio, types
def t(f, *a, **k):
    try: print(f(*a, **k))
    except Exception as e: print(type(e).__name__, e)
def f(a, b=1, /, c: int = 2, *args: str, d, e=None, **kw) -> list:
    """Doc of f.

        indented
      less
    """
    # comment
    return a
# before g
# and more
def g(): yield 1
async def co(): pass
async def ag(): yield
class A:
    "class A"
    x = 1
    def __init__(self, p, q=3): pass
    def m(self, z):
        return z
    @classmethod
    def c(cls, w): pass
    @staticmethod
    def s(v): pass
    @property
    def prop(self): "the prop"
class B(A):
    def __call__(self, k): pass
    def m(self, z): pass
class N:
    def __new__(cls, n): return object.__new__(cls)
class M(type):
    def __call__(cls, meta): pass
class WM(metaclass=M): pass
lam = lambda x, *y: x
@functools.wraps(f)
def wrapped(*args, **kwargs): return f(*args, **kwargs)
@functools.lru_cache
def cached(u, v=1): pass
part = functools.partial(f, 1, c=5)
for o in (f, g, co, A, A.m, A(1).m, A.c, A.s, B, B(1), N, WM, lam, wrapped, cached, part, functools.partial(lam, 1), print, len, sorted, int, object, dict.get, [].append, "".join, str.split, functools.partial(print, sep=""), Exception, range, isinstance, 3, functools.partialmethod):
    t(inspect.signature, o)
s = inspect.signature(f)
print(repr(s), s.parameters, s.return_annotation, [p.kind for p in s.parameters.values()], [str(p.kind) for p in s.parameters.values()], s.parameters["a"].kind.description)
for args, kw in [((1,), {"d": 2}), ((1, 2, 3, 4, 5), {"d": 6, "z": 7}), ((), {}), ((1,), {}), ((1,), {"a": 1, "d": 2}), ((1, 2, 3), {"c": 4, "d": 1})]:
    try:
        b = s.bind(*args, **kw); print(b, b.args, b.kwargs); b.apply_defaults(); print(b.arguments)
    except TypeError as e: print(e)
def h(a, b): pass
for a, k in [((1, 2, 3), {}), ((1,), {}), ((1, 2), {"c": 1}), ((1,), {"a": 2}), ((), {"b": 1})]:
    t(inspect.signature(h).bind, *a, **k)
    t(inspect.signature(h).bind_partial, *a, **k)
t(inspect.getfullargspec, f); t(inspect.getfullargspec, A); t(inspect.getcallargs, h, 1, b=2); t(inspect.getcallargs, h, 1)
print(s == inspect.signature(f), s.replace(return_annotation=int), inspect.Parameter("x", inspect.Parameter.KEYWORD_ONLY, default=1, annotation=int))
for args in [("1x", 0), ("x", 7), ("x", 2, 3), (3, 1), ("if", 1)]:
    try: print(repr(inspect.Parameter(args[0], args[1], **({"default": args[2]} if len(args) > 2 else {}))))
    except Exception as e: print(type(e).__name__, e)
P = inspect.Parameter
for ps in ([P("a", 3), P("b", 1)], [P("a", 1, default=1), P("b", 1)], [P("a", 1), P("a", 1)]):
    t(inspect.Signature, ps)
for fn in ("isfunction", "ismethod", "isclass", "isbuiltin", "isroutine", "isgeneratorfunction", "iscoroutinefunction", "isasyncgenfunction", "ismethoddescriptor", "isdatadescriptor", "isabstract", "iscode", "ismodule"):
    print(fn, [getattr(inspect, fn)(o) for o in (f, g, co, ag, A, A.m, A(1).m, len, [].append, A.__dict__["prop"], A.__dict__["c"], A.__dict__["s"], str.join, int.real, f.__code__, sys, 3)])
for o in (f, g, A, A.m, A(1).m, B.m, lam, A.prop, wrapped):
    t(inspect.getsource, o)
    t(inspect.getsourcelines, o)
    print(repr(inspect.getdoc(o)), repr(inspect.getcomments(o)))
t(inspect.getsource, len); t(inspect.getsource, 3); t(inspect.getsource, int)
t(lambda: inspect.getfile(f).endswith("inspecting.py")); t(inspect.getmodule, f); t(inspect.getmodulename, "/a/b.py"); t(inspect.getfile, 3)
print([n for n, v in inspect.getmembers(A, inspect.isfunction)], [n for n, v in inspect.getmembers(A(1)) if not n.startswith("__")])
print([(a.name, a.kind, a.defining_class) for a in inspect.classify_class_attrs(B) if not a.name.startswith("__")])
print(inspect.getmro(B), inspect.getclasstree([A, B, int]), inspect.cleandoc("  a\n    b\n   c\n\n"))
def outer():
    fr = inspect.currentframe()
    info = inspect.getframeinfo(fr)
    print(info.function, info.lineno, info.code_context, info.index, fr.f_code.co_name, inspect.getargvalues(fr).args)
    st = inspect.stack()
    print([(x.function, x.lineno, x.code_context) for x in st], st[0][3], st[1].positions)
    return st[0].frame.f_back
outer()
try: 1/0
except ZeroDivisionError: print([(x.function, x.lineno, x.code_context) for x in inspect.trace()])
def gen():
    x = yield 1
gg = gen(); print(inspect.getgeneratorstate(gg), end=" "); next(gg); print(inspect.getgeneratorstate(gg), inspect.getgeneratorlocals(gg), end=" "); gg.close(); print(inspect.getgeneratorstate(gg))
cc = co(); print(inspect.getcoroutinestate(cc), inspect.isawaitable(cc)); cc.close(); print(inspect.getcoroutinestate(cc))
def clo():
    v = 1
    def inner(): return v + len(str(f)) + nope
    return inner
cv = inspect.getclosurevars(clo()); print(cv.nonlocals, list(cv.globals), cv.builtins, cv.unbound)
print(inspect.unwrap(wrapped) is f, inspect.getattr_static(A, "prop"), inspect.getattr_static(A(1), "x"), inspect.getattr_static(A, "nope", 5))
t(inspect.getattr_static, A, "nope")
def ann(a: "int", b: "list[str]" = None) -> "A": pass
print(inspect.get_annotations(ann), inspect.get_annotations(ann, eval_str=True), inspect.signature(ann), inspect.signature(ann, eval_str=True))
print(inspect.formatannotation(list[int]), inspect.formatannotation(int), inspect.formatannotation("x"))
f.__signature__ = inspect.Signature([P("z", 1)]); t(inspect.signature, f)

_sys.stdout = _sys.__stdout__
_text = _out.getvalue().replace(_HERE, "")
_lines = [line for line in _text.split("\n") if "in __run" not in line and "exec(compile(example.source" not in line]
for _line in _lines:
    _at = 0
    while (_at := _line.find(" at 0x", _at)) >= 0:
        _end = _at + 6
        while _line[_end:_end + 1] and _line[_end] in "0123456789abcdef":
            _end += 1
        _line, _at = _line[:_at] + " at 0x" + _line[_end:], _at + 6
    print(_line)
