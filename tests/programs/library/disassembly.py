# dis, opcode: every way to print bytecode.
import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import dis, io
def f(a, *b, c=1, **d):
    """doc"""
    x = 0
    for i in range(a):
        try:
            x += i if i > 2 else a[0]
            print(f"{x!r:>5} {i}")
        except (ValueError, TypeError) as e:
            raise KeyError from e
    def g():
        nonlocal x
        return x, a
    with open(a) as h: pass
    return [g(y) for y in b if y]
class C:
    def m(self): return self.x
    @staticmethod
    def s(): pass
dis.dis(f)
dis.dis(C)
dis.dis("x = 1\ny = x < 2 and x.z")
dis.show_code(f)
for i in dis.get_instructions(f): print(i)
print(dis.Bytecode(C.m).dis(), dis.Bytecode("1+x").info())
print(dis.stack_effect(dis.opmap["BINARY_OP"], 0), dis.stack_effect(dis.opmap["POP_TOP"]), dis.stack_effect(dis.opmap["FOR_ITER"], 1, jump=True), dis.stack_effect(dis.opmap["FOR_ITER"], 1))
print(sorted(dis.opmap.items()), dis.hasconst, dis.hasname, dis.hasjrel, dis.haslocal, dis.hasfree, dis.hascompare, dis.HAVE_ARGUMENT, dis.EXTENDED_ARG)
print(list(dis.findlinestarts(f.__code__)), dis.findlabels(f.__code__.co_code))
dis.dis(f, show_caches=True)
dis.dis(f.__code__.co_code)
try: dis.dis(3)
except TypeError as e: print(e)
try: dis.stack_effect(1000)
except ValueError as e: print(e)
try: 1/0
except Exception as e: dis.distb(e.__traceback__)
dis.dis((i for i in []))
dis.dis(C.m, depth=0)
print(dis.code_info("x"), repr(dis.Bytecode(f))[:20], dis.Instruction._fields, dis.cmp_op)

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
