"""sys.excepthook and sys.unraisablehook of the program"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def unraisable(u):
    print("unraisable", u.exc_type.__name__, u.exc_value, u.err_msg, type(u.object).__name__, u.exc_traceback.tb_lineno)


class D:
    def __del__(self):
        1 / 0


sys.unraisablehook = unraisable
d = D()
del d
try:
    sys.unraisablehook = sys.__unraisablehook__
    sys.unraisablehook(1)
except TypeError as e:
    print(e)
for value in 1, None, "text":
    sys.excepthook(ValueError, value, None)
sys.excepthook(ValueError, ValueError("shown"), None)


def hook(cls, value, traceback):
    print("hook", cls.__name__, value, traceback.tb_lineno)
    sys.exit(7)


sys.excepthook = hook
{}["missing"]
