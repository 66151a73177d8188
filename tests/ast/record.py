"""Records what CPython 3.11 says of the files here: `ast.dump` of each `.py` into `.ast`, the errors of `errors.txt` into `errors.jsonl`.

Run with CPython 3.11.7: python3.11 tests/ast/record.py
"""

import ast
import json
import sys
import warnings
from pathlib import Path

assert sys.version_info[:2] == (3, 11)
warnings.simplefilter("ignore")
folder = Path(__file__).parent
for path in sorted(folder.glob("*.py")):
    if path.name != "record.py":
        dump = ast.dump(ast.parse(path.read_bytes()), include_attributes=True)
        path.with_suffix(".ast").write_bytes((dump + "\n").encode("utf-8", "backslashreplace"))
with folder.joinpath("errors.jsonl").open("w", encoding="utf-8") as out:
    for line in folder.joinpath("errors.txt").read_text("utf-8").splitlines():
        mode, source = json.loads(line)
        try:
            ast.parse(source, mode=mode)
            raise AssertionError(source)
        except SyntaxError as e:
            fields = [type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset]
        print(json.dumps([mode, source, *fields], ensure_ascii=False), file=out)
