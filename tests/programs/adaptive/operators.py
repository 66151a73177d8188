"""BINARY_OP, COMPARE_OP, subscripts, unpacking."""
from show import show, warm


class G:
    def __getitem__(self, i): return i
    def __setitem__(self, i, v): pass
class G2:
    def __getitem__(self, *i): return i


def op(text, *args, about="", n=9, then=(), m=3):
    space = {}
    only = "COMPARE_OP" if text[:2] == "if" else "SUBSCR" if "[" in text else "_SEQUENCE" if " = a" in text and "+" not in text else ""
    exec(f"def f(a=0, b=0, c=0):\n    " + text.replace("\n", "\n    "), space)
    name = lambda it: type(it).__name__ if type(it).__module__ == "__main__" else it
    warm(space["f"], *args, n=n); show(space["f"], text.replace("\n", "; "), about or [name(it) for it in args], only=only)
    if then:
        warm(space["f"], *then, n=m); show(space["f"], "then", then, m, only=only)


op("a + b", 1, 2); op("a + b", 1.0, 2.0); op("a + b", "a", "b"); op("a + b", 1, 2.0); op("a + b", True, True); op("a + b", (1,), (2,))
op("a - b", 10**30, 10**30); op("a * b", 2**40, 3); op("a * b", "a", 2); op("a - b", 1.0, 2.0); op("a * b", 1.5, 2.5)
op("a += b\nreturn a", "a", "b"); op("a = a + b\nreturn a", "a", "b"); op("x = a + b\nreturn x", "a", "b"); op("a += b\na", "a", "b")
op("a += b\nreturn b", "a", "b", then=(1, 2), m=60); op("a = c = a + b", "a", "b"); op("a = a + b + b\nc = a", "a", "b")
op("a + b", 1, 2, then=("a", "b"), m=52); op("a + b", 1, 2, then=("a", "b"), m=54); op("a + b", 1, 2, then=("a", "b"), m=100)
for compare in "< <= == != > >=".split():
    for left, right in ((1, 2), (1.0, 2.0), ("a", "b"), (2**40, 1), (1, 2.0), ([], [])):
        if left == [] and compare not in "== !=": continue
        op(f"if a {compare} b: pass", left, right)
    op(f"while a {compare} b:\n    a = 5; b = 4 if c else 5; break", 1, 2)
    op(f"return a {compare} b", 1, 2)
    op(f"return 1 if not a {compare} b else 2", 1, 2)
    op(f"return a {compare} b or a", 1, 2)
op("while a < b:\n    a += 1", 0, 20); op("while not a > b:\n    a += 1", 0, 20); op("while a < b < c:\n    a += 1", 0, 20, 30)
op("if a < b: pass", 1, 2, then=(1, 2**40)); op("if a < b: pass", 1.0, 2.0, then=(1.0, float("nan"))); op("if a == b: pass", "a", "b", then=("a", 1))
op("a[b]", [1, 2], 0); op("a[b]", [1, 2], -1); op("a[b]", (1, 2), 1); op("a[b]", {1: 2}, 1); op("a[b]", "abc", 1); op("a[b]", [1, 2], slice(1)); op("a[b]", G(), 1); op("a[b]", G2(), 1)
op("a[b]", [1, 2], True); op("a[b]", [1, 2], 0, then=([1, 2], -1)); op("a[b]", {1: 1}, 1, then=([1, 2], 1), m=60); op("a[b]", G(), 1, then=([1, 2], 1))
op("a[b] = c", [1, 2], 0); op("a[b] = c", [1, 2], -1); op("a[b] = c", {}, 1); op("a[b] = c", G(), 1); op("a[b] = c", bytearray(3), 1)
op("a[b] = c", [1, 2], 0, then=([1, 2], -1)); op("a[b] = c", [1, 2], 0, then=({}, -1), m=60); op("a[b] += c", [1, 2], 0, 3); op("a[b] += c", {1: 2}, 1, 3)
op("x, y = a", (1, 2)); op("x, y, z = a", (1, 2, 3)); op("x, y = a", [1, 2]); op("x, y = a", "ab"); op("x, = a", (1,)); op("(x, y), z = a", ((1, 2), 3)); op("x, *y = a", (1, 2))
op("x, y = a", (1, 2), then=([1, 2],), m=60); op("a, b = b, a\nreturn a", 1, 2); op("a, b, c = c, b, a\nreturn a", 1, 2)
