# _ast: node classes, trees to code and back.
import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import _ast
t = compile("x = 1 + y\nprint(f'{x!r:>3}', *a, **k)\nasync def f(a, /, b=2, *, c): await b", "f", "exec", _ast.PyCF_ONLY_AST)
print(t.body[0].value.op is t.body[0].value.op, t._fields, t.body[0]._fields, t.body[0]._attributes, t.body[0].lineno, t.body[0].value.left.value)
print(_ast.Name("x", _ast.Load())._fields, _ast.Name.__doc__, _ast.expr.__doc__, _ast.alias.__doc__, _ast.Return().value)
try: _ast.Name(1,2,3)
except TypeError as e: print(e)
try: _ast.Name("a", id="b")
except TypeError as e: print(e)
exec(compile(t, "g", "exec"), {"y": 4, "a": [], "k": {}})
e = _ast.Expression(_ast.Constant(3, lineno=1, col_offset=0))
print(eval(compile(e, "z", "eval")))
try: compile(_ast.Expression(_ast.Constant(3)), "z", "eval")
except TypeError as e: print(e)
try: compile(_ast.Module([], []), "z", "eval")
except TypeError as e: print(e)
try: compile(_ast.Expression(3), "z", "eval")
except TypeError as e: print(e)
print(_ast.Add.__mro__, _ast.AST._fields, _ast.Name.__match_args__)

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
