"""Records what CPython 3.11 does with the commands of commands.jsonl into expected.jsonl: output, errors and exit status.

    python3.11 tests/startup/record.py

Each line of commands.jsonl has the arguments of `python3`, and perhaps its standard input and variables. Addresses and the name
of the folder are masked.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def masked(text):
    text = text.replace(str(HERE), "HERE").replace(sys.executable + ":", "uncoil:")
    return re.sub("0x[0-9a-f]{6,}", "0x…", text)


plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
with open(HERE / "expected.jsonl", "w", encoding="utf-8") as out:
    for line in (HERE / "commands.jsonl").read_text().splitlines():
        row = json.loads(line)
        variables = {**plain, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1", **row.get("env", {})}
        done = subprocess.run([sys.executable, *row["args"]], cwd=HERE, env=variables, input=row.get("stdin", ""), text=True,
                              capture_output=True, timeout=60)
        answer = {"args": row["args"], "stdout": masked(done.stdout), "stderr": masked(done.stderr), "status": done.returncode}
        print(json.dumps(answer, ensure_ascii=False), file=out)
