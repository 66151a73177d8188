"""repr and comparison of deep nests; they are freed without recursion"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def nest(n, f, x):
    for _ in range(n):
        x = f(x)
    return x


def attempt(f):
    try:
        print(f())
    except RecursionError as e:
        print(e)


for f, x in (lambda x: [x], []), (lambda x: (x,), ()), (lambda x: {1: x}, {}), (lambda x: slice(x, None), None):
    a, b = nest(20000, f, x), nest(20000, f, x)
    attempt(lambda: len(repr(a)))
    attempt(lambda: len(str(a)))
    attempt(lambda: len(f"{a}"))
    attempt(lambda: "%s" % (a,) == 1)
    attempt(lambda: a == b)
    attempt(lambda: a != b)
    attempt(lambda: [a].index(b))
    del a, b
    print("freed")
t = int
for _ in range(5000):
    t = (t,)
attempt(lambda: isinstance(1, t))
attempt(lambda: issubclass(int, t))
attempt(lambda: isinstance("a", nest(900, lambda x: (x, float), int)))
