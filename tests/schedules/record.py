"""What CPython prints in 1,000 runs of each program of this folder, with switches as often as it can: a line an outcome.

The programs are so short that a thread would be through before another one begins. So `pause()`, which is a switch point as
any other call, takes a time of chance here.

python3.11 tests/schedules/record.py [NAME…]
"""

import contextlib
import io
import pathlib
import random
import sys
import time

RUNS = 1000
PAUSE = 'def pause():\n    """Time passes here: other threads may run."""\n'


def wait():
    time.sleep(random.choice((0, 0, 0, 1e-6, 1e-4, 1e-3)) * random.random())


def outcomes(path):
    source = path.read_text()
    assert PAUSE in source, path
    code = compile(source.replace(PAUSE, "\n\n"), path.name, "exec")
    found = set()
    for _ in range(RUNS):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            exec(code, {"__name__": "__main__", "pause": wait})
        found.add(output.getvalue().strip())
    return found


sys.setswitchinterval(1e-6)
for path in sorted(pathlib.Path(__file__).parent.glob("*.py")):
    if path.name != "record.py" and (len(sys.argv) == 1 or path.stem in sys.argv[1:]):
        path.with_suffix(".outcomes").write_text("".join(line + "\n" for line in sorted(outcomes(path))))
