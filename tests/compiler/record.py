"""Records with CPython 3.11 what the tests in tests/suite/compiler.rs expect of the programs of this repository.

    python3.11 tests/compiler/record.py [warnings]

symtables.jsonl: a line a program, all answers of the symtable module.
digests.jsonl: a line a program: for -O1 and -O2 a digest of all its code objects; for the modes `single` and `eval` the places
(byte offsets) of statements and expressions in it and a digest of their code objects; its warnings; a digest of what `dis`
prints, with addresses masked.
warnings.jsonl: the warnings of the snippets in warnings.txt and what their compilation comes to (with `warnings` only this).
"""

import ast
import contextlib
import dis
import io
import json
import os
import re
import symtable
import sys
import types
import warnings
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
METHODS = ("referenced", "parameter", "global", "nonlocal", "declared_global", "local", "annotated", "free", "imported",
           "assigned", "namespace")


def programs():
    for folder in ("tests/ast", "tests/bytecode", "tests/programs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if path.name != "record.py" and path.stat().st_size < 30000:
                yield path


def table(block):
    out = {"type": block.get_type(), "name": block.get_name(), "lineno": block.get_lineno(),
           "optimized": block.is_optimized(), "nested": block.is_nested()}
    if isinstance(block, symtable.Function):
        out["parameters"] = list(block.get_parameters())
        for what in ("locals", "globals", "nonlocals", "frees"):
            out[what] = sorted(getattr(block, "get_" + what)())
    if isinstance(block, symtable.Class):
        out["methods"] = list(block.get_methods())
    out["symbols"] = {
        symbol.get_name(): [method for method in METHODS if getattr(symbol, "is_" + method)()]
        for symbol in sorted(block.get_symbols(), key=lambda symbol: symbol.get_name().encode())}
    out["children"] = [table(child) for child in block.get_children()]
    return out


def constant(value):
    if isinstance(value, types.CodeType):
        return "<" + value.co_qualname + ">"
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(map(constant, value))) + "}"
    if isinstance(value, tuple):
        return "(" + ",".join(map(constant, value)) + ")"
    return repr(value)


def lines(code):
    """All fields of a code object and of those in it."""
    names = [code.co_names, code.co_varnames, code.co_cellvars, code.co_freevars]
    numbers = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_stacksize, code.co_flags,
               code.co_firstlineno)
    yield "%s %s %s %s %s %s %s %s\n" % (
        code.co_name, code.co_qualname, ",".join(map(str, numbers)), "|".join(",".join(part) for part in names),
        code.co_code.hex(), code.co_linetable.hex(), code.co_exceptiontable.hex(), ";".join(map(constant, code.co_consts)))
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            yield from lines(value)


def digest(texts):
    """FNV-1a."""
    value = 0xCBF29CE484222325
    for text in texts:
        for byte in text.encode("utf-8", "surrogatepass"):
            value = (value ^ byte) * 0x100000001B3 % 2**64
    return "%016x" % value


def compiled(source, mode="exec", optimize=0):
    return lines(compile(source, "x.py", mode, dont_inherit=True, optimize=optimize))


def warned(source):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            compile(source, "<x>", "exec", dont_inherit=True)
            error = None
        except SyntaxError as exception:
            error = [exception.msg, exception.lineno, exception.offset, exception.text]
    return [[one.category.__name__, str(one.message), one.lineno] for one in caught], error


def disassembled(source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        dis.dis(compile(source, "x.py", "exec", dont_inherit=True))
    return re.sub(r"0x[0-9a-fA-F]*", "0x\u2026", out.getvalue())


def pieces(source):
    """Places of statements that `single` takes and of expressions that `eval` takes, as byte offsets."""
    single, expressions = [], []
    if b"\r" in source or b"\f" in source:
        return single, expressions
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    for node in ast.parse(source).body:
        first = min([node.lineno] + [decorator.lineno for decorator in getattr(node, "decorator_list", ())])
        single.append([starts[first - 1], starts[node.end_lineno]])
        if isinstance(node, (ast.Expr, ast.Assign)):
            value = node.value
            expressions.append([starts[value.lineno - 1] + value.col_offset, starts[value.end_lineno - 1] + value.end_col_offset])
    return tuple([place for place in places if valid(source[slice(*place)], mode)]
                 for places, mode in ((single, "single"), (expressions, "eval")))


def valid(source, mode):
    try:
        compile(source, "x.py", mode, dont_inherit=True)
        return True
    except (SyntaxError, ValueError):
        return False


def main():
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of a frozenset's items in what dis prints
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    warnings.simplefilter("ignore")
    if sys.argv[1:] != ["warnings"]:
        record_programs()
    with open(HERE / "warnings.jsonl", "w") as out:
        for source in (HERE / "warnings.txt").read_text().rstrip("\n").split("\n####\n"):
            found, error = warned(source.encode())
            out.write(json.dumps({"source": source, "warnings": found, "error": error}) + "\n")


def record_programs():
    with open(HERE / "symtables.jsonl", "w") as symtables, open(HERE / "digests.jsonl", "w") as digests:
        for path in programs():
            name, source = str(path.relative_to(ROOT)), path.read_bytes()
            if not valid(source, "exec"):  # an exercise for syntax trees, with a `yield` where none may stand
                continue
            json.dump({"file": name, "table": table(symtable.symtable(source, name, "exec"))}, symtables,
                      ensure_ascii=False, separators=(",", ":"))
            symtables.write("\n")
            single, expressions = pieces(source)
            row = {"file": name, "O1": digest(compiled(source, optimize=1)), "O2": digest(compiled(source, optimize=2)),
                   "single": single, "single_digest": digest("".join(compiled(source[slice(*at)], "single")) for at in single),
                   "eval": expressions, "eval_digest": digest("".join(compiled(source[slice(*at)], "eval")) for at in expressions),
                   "warnings": warned(source)[0], "dis": digest(disassembled(source))}
            digests.write(json.dumps(row, separators=(",", ":")) + "\n")


main()
