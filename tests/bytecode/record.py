"""Records with CPython 3.11 what the tests in tests/suite/bytecode.rs expect.

    python3.11 tests/bytecode/record.py

For each NAME.py here: NAME.dis, the text of `python -m dis` with addresses masked, and a line of codes.jsonl, all fields of
all its code objects.  errors.jsonl: the errors of the snippets in errors.txt.
"""

import contextlib
import dis
import io
import json
import re
import types
import warnings
from pathlib import Path

HERE = Path(__file__).parent
PLAIN = ("co_name", "co_qualname", "co_firstlineno", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags",
         "co_stacksize", "co_nlocals", "co_varnames", "co_cellvars", "co_freevars", "co_names")


def constant(value):
    kind = type(value)
    if value is None or value is Ellipsis:
        return {"t": repr(value)}
    if kind is bool:
        return {"t": "bool", "v": value}
    if kind is int:
        return {"t": "int", "v": str(value)}
    if kind is float:
        return {"t": "float", "v": value.hex(), "repr": repr(value)}
    if kind is complex:
        return {"t": "complex", "re": value.real.hex(), "im": value.imag.hex(), "repr": repr(value)}
    if kind is str:
        return {"t": "str", "v": value}
    if kind is bytes:
        return {"t": "bytes", "v": value.hex()}
    if kind is tuple:
        return {"t": "tuple", "v": [constant(item) for item in value]}
    if kind is frozenset:
        return {"t": "frozenset", "v": sorted(map(constant, value), key=lambda item: json.dumps(item, sort_keys=True))}
    assert kind is types.CodeType
    return {"t": "code", "v": code(value)}


def code(value):
    out = {name: getattr(value, name) for name in PLAIN}
    out["co_filename"] = value.co_filename
    out["co_consts"] = [constant(item) for item in value.co_consts]
    for name in ("co_code", "co_exceptiontable", "co_linetable"):
        out[name] = getattr(value, name).hex()
    return out


def main():
    warnings.simplefilter("ignore")
    with open(HERE / "codes.jsonl", "w") as codes:
        for path in sorted(HERE.glob("*.py")):
            if path.name == "record.py":
                continue
            compiled = compile(path.read_bytes(), path.name, "exec", dont_inherit=True)
            text = io.StringIO()
            with contextlib.redirect_stdout(text):
                dis.dis(compiled)
            path.with_suffix(".dis").write_text(re.sub("0x[0-9a-f]+", "0x…", text.getvalue()))
            codes.write(json.dumps({"file": path.name, "code": code(compiled)}) + "\n")
    with open(HERE / "errors.jsonl", "w") as errors:
        for source in (HERE / "errors.txt").read_text().rstrip("\n").split("\n####\n"):
            try:
                compile(source, "errors.txt", "exec", dont_inherit=True)
            except SyntaxError as error:
                place = [error.lineno, error.offset, error.end_lineno, error.end_offset]
                errors.write(json.dumps({"source": source, "msg": error.msg, "place": place}) + "\n")


main()
