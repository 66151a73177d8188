"""an exception that ends the program has status 1"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def f():
    raise ValueError("the end") from KeyError("a cause")


sys.stdout.flush()
f()
