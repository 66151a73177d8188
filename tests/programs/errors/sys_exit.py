"""Leaving with a text."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import sys
attempt(lambda: sys.getrefcount(), lambda: sys.intern(5), lambda: sys.getsizeof())
for code in (None, 0, 3, "text", (1, 2)):
    try:
        sys.exit(code)
    except SystemExit as error:
        print(repr(error), error.code, error.args)
try:
    raise SystemExit(1, 2)
except SystemExit as error:
    print(error.code)
sys.exit("something went wrong")
