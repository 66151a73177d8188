# symtable: what the compiler knows of names.
import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import symtable
t = symtable.symtable('''
import os
g = 1
def f(x, *args, y: int = 0, **kw):
    global g
    z = x
    def inner():
        nonlocal z
        z = os
        return y
    class K:
        a = 1
        def m(self): return a
    return [i for i in z]
class C(object):
    attr: int
    def m(self): pass
    def n(self): return __class__
lambda q: q
''', "f.py", "exec")
def show(t, d=0):
    print(" "*d, t, t.get_type(), t.get_name(), t.get_lineno(), t.is_optimized(), t.is_nested(), t.has_children(), sorted(t.get_identifiers()))
    if t.get_type() == "function": print(" "*d, sorted(t.get_parameters()), sorted(t.get_locals()), sorted(t.get_globals()), t.get_nonlocals(), t.get_frees())
    if t.get_type() == "class": print(t.get_methods())
    for s in sorted(t.get_symbols(), key=lambda s: s.get_name()):
        print(" "*d, s, [m for m in dir(s) if m.startswith("is_") and getattr(s, m)()], s.get_namespaces())
    for c in t.get_children(): show(c, d+2)
show(t)
try: symtable.symtable("x", "f", "bad")
except ValueError as e: print(e)
try: symtable.symtable("def f(: x", "f", "exec")
except SyntaxError as e: print(e)
try: t.lookup("nope")
except KeyError as e: print(repr(e))
try: t.lookup("g").get_namespace()
except ValueError as e: print(e)

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
