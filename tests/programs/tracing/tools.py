# Small tools made of trace functions: coverage, a profiler, a call tree, a stepper over opcodes, a watcher of variables.
import sys

def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)

def never(flag):
    if flag:
        return "yes"
    else:
        return "no"

class Coverage:
    def __init__(self): self.lines = {}
    def __call__(self, frame, event, arg):
        if event == "line":
            name = frame.f_code.co_name
            self.lines.setdefault(name, set()).add(frame.f_lineno - frame.f_code.co_firstlineno)
        return self

c = Coverage()
sys.settrace(c)
fib(3); never(True)
sys.settrace(None)
for name, lines in sorted(c.lines.items()): print(name, sorted(lines))

counts = {}
def profile(frame, event, arg):
    if event in ("call", "c_call"):
        name = frame.f_code.co_name if event == "call" else arg.__qualname__
        counts[name] = counts.get(name, 0) + 1
sys.setprofile(profile)
fib(5); sorted([3, 1]); "a b".split(); {}.update(a=1); max(*[1, 2]); print("x", end="\n")
sys.setprofile(None)
print(sorted(counts.items()))

depth = 0
def tree(frame, event, arg):
    global depth
    if event == "call":
        print("  " * depth + frame.f_code.co_name, frame.f_locals)
        depth += 1
    elif event == "return":
        depth -= 1
        print("  " * depth + "->", arg)
    return tree
sys.settrace(tree); fib(3); sys.settrace(None)


def stepper(frame, event, arg):
    frame.f_trace_opcodes = True
    if event == "opcode":
        op = frame.f_code.co_code[frame.f_lasti]
        print(frame.f_lasti, op, sorted(item for item in frame.f_locals.items() if item[0] != ".0"))
    return stepper
def stepped(a, *, b=2):
    c = [x * b for x in (a,)]
    return c[0] if c else None
def big():
    x = 0
    if x:
        x = [x.a, x.b, x.c, x.d, x.a1, x.b1, x.c1, x.d1, x.a2, x.b2, x.c2, x.d2, x.a3, x.b3, x.c3, x.d3] + [x.a, x.b, x.c, x.d, x.a1, x.b1, x.c1, x.d1, x.a2, x.b2, x.c2, x.d2, x.a3, x.b3, x.c3, x.d3] + [x.a, x.b, x.c, x.d, x.a1, x.b1, x.c1, x.d1, x.a2, x.b2, x.c2, x.d2, x.a3, x.b3, x.c3, x.d3]
    return x
try:
    sys.settrace(stepper); stepped(5, b=3); big()
finally:
    sys.settrace(None)

class Watch:
    def __init__(self, name): self.name, self.last = name, None
    def trace(self, frame, event, arg):
        value = frame.f_locals.get(self.name)
        if value != self.last:
            print(event, frame.f_lineno - frame.f_code.co_firstlineno, self.name, self.last, "->", value)
            self.last = value
        return self.trace
def watched():
    total = 0
    for i in range(3):
        total += i
    return total
sys.settrace(Watch("total").trace); watched(); sys.settrace(None)
sys.settrace(print)
sys.settrace(None)
def limit(frame, event, arg):
    limit.left -= 1
    if not limit.left: raise TimeoutError("too many lines")
    return limit
def forever():
    n = 0
    while True:
        n += 1
limit.left = 50
sys.settrace(limit)
try: forever()
except TimeoutError as e: print(e, sys.gettrace())
def recursive():
    return recursive()
calls = 0
def count(frame, event, arg):
    global calls
    calls += 1
sys.setrecursionlimit(100)
sys.settrace(count)
try: recursive()
except RecursionError as e: print(e)
sys.settrace(None)
print(calls)
sys.setprofile(count); calls = 0
try: recursive()
except RecursionError as e: print(e)
sys.setprofile(None)
print(calls)
