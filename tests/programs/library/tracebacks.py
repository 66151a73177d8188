# Exceptions and stacks as text.
import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import traceback, sys, io
def f(n):
    if n: return f(n-1)
    return 1/0
def g():
    try: f(2)
    except ZeroDivisionError as e:
        raise ValueError("bad\nthing") from e
try: g()
except ValueError as e:
    traceback.print_exc(file=sys.stdout)
    print(traceback.format_exc(limit=1), traceback.format_exc(-1), traceback.format_exc(chain=False))
    print(traceback.format_exception_only(e), traceback.format_exception_only(ValueError, ValueError()))
    tb = e.__traceback__
    for fs in traceback.extract_tb(tb): print(fs, fs.line, fs.lineno, fs.colno, fs.end_colno, tuple(fs))
    te = traceback.TracebackException.from_exception(e)
    print(te, list(te.format()), te.stack, te.exc_type, te.__cause__.exc_type)
    te = traceback.TracebackException.from_exception(e.__cause__, capture_locals=True)
    print(list(te.format())[-3:])
    traceback.print_tb(tb, file=sys.stdout)
    print(traceback.format_tb(tb))
def deep(n):
    return deep(n-1) if n else 1 + "a"
try: deep(10)
except TypeError: print(traceback.format_exc())
x = {}
try:
    x["a"]["b"]["c"]
except KeyError: print(traceback.format_exc())
x = {"a": {}}
try:
    print(x["a"]["b"]["c"], 3)
except KeyError: print(traceback.format_exc())
try:
    a = (1 +
        "x" + 3)
except TypeError: print(traceback.format_exc())
try: exec("a = = 3")
except SyntaxError: print(traceback.format_exc())
try: compile("def f(:\n  x", "zz", "exec")
except SyntaxError as e: print(traceback.format_exception_only(e))
try: compile("if 1:\n  x = (\n", "zz", "exec")
except SyntaxError as e: print(traceback.format_exception_only(e))
def hh(): pass
def h():
    return traceback.format_stack(), traceback.extract_stack(limit=1)
print(h())
try:
    raise ExceptionGroup("eg", [ValueError(1), TypeError("t"), ExceptionGroup("in", [KeyError("k")])])
except ExceptionGroup: traceback.print_exc(file=sys.stdout)
e = ValueError("n"); e.add_note("note 1\nline"); e.add_note("n2")
print(traceback.format_exception(e))
traceback.print_exception(None, file=sys.stdout)
print(traceback.format_exc())
print(traceback.format_list([("f", 1, "g", "x = 1"), ("f", 2, "h", None)]))
class A(Exception):
    def __str__(self): raise 1
print(traceback.format_exception_only(A()))
try: 
    try: 1/0
    finally: undefined
except NameError: traceback.print_exc(file=sys.stdout)
try:
    try: 1/0
    except ZeroDivisionError: raise KeyError(1) from None
except KeyError: traceback.print_exc(file=sys.stdout)
s = io.StringIO(); traceback.print_stack(file=s); print(s.getvalue())
#print([(f.f_code.co_name, l) for f, l in traceback.walk_stack(None)])
print(traceback.StackSummary.extract(traceback.walk_tb(tb)), traceback.extract_tb(tb)[0] == traceback.extract_tb(tb)[0])

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
