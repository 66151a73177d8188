"""depth of plain recursion, setrecursionlimit"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def depth():
    n = 0

    def f():
        nonlocal n
        n += 1
        f()

    try:
        f()
    except RecursionError as e:
        return n, str(e)


print(depth())
sys.setrecursionlimit(500)
print(depth())
sys.setrecursionlimit(20000)
print(depth())
for limit in 0, -1, "x", 10**30, 1:
    try:
        sys.setrecursionlimit(limit)
    except Exception as e:
        print(type(e).__name__, e)
print(sys.getrecursionlimit())


class C:
    def __init__(self):
        C()


sys.setrecursionlimit(1000)
try:
    C()
except RecursionError as e:
    print(e)


def outer(n):
    return outer(n + 1)


try:
    outer(0)
except RecursionError:
    sys.excepthook(*sys.exc_info())
