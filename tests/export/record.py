"""Writes tutor.events: what CPython 3.11 tells a trace function about tutor.py. Run it in this folder: python3.11 record.py"""

import contextlib
import io
import sys

events = []


def trace(frame, event, argument):
    if frame.f_code.co_filename != "tutor.py":
        return None
    if event != "exception" and (event, frame.f_code.co_name) != ("call", "<module>"):
        events.append(f"{event} {frame.f_lineno} {frame.f_code.co_name}\n")
    return trace


code = compile(open("tutor.py").read(), "tutor.py", "exec")
with contextlib.redirect_stdout(io.StringIO()):
    sys.settrace(trace)
    exec(code, {"__name__": "__main__"})
    sys.settrace(None)
open("tutor.events", "w").writelines(events)
