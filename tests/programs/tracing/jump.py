# frame.f_lineno = n: from each line of a function to each other, and what is refused.
import sys
def jumper(fn, when, to, event="line", n=1):
    first = fn.__code__.co_firstlineno
    seen = [0]
    out = []
    def t(frame, ev, arg):
        if frame.f_code is fn.__code__ and ev == event and (frame.f_lineno - first) == when:
            seen[0] += 1
            if seen[0] == n:
                try:
                    frame.f_lineno = to if not isinstance(to, int) else first + to
                except BaseException as e:
                    print("  error", type(e).__name__, e)
        return t
    sys.settrace(t)
    try:
        r = fn([])
        print(fn.__name__, when, to, event, "->", r)
    except BaseException as e:
        sys.settrace(None)
        print(fn.__name__, when, to, event, "raised", type(e).__name__, e)
    finally:
        sys.settrace(None)
def a(out):
    out.append(1)
    out.append(2)
    out.append(3)
    for i in range(2):
        out.append(10 + i)
        out.append(20 + i)
    try:
        out.append(30)
    except ValueError:
        out.append(31)
    finally:
        out.append(32)
    with open("/dev/null") as f:
        out.append(40)
    while len(out) < 12:
        out.append(50)
    try:
        1/0
    except ZeroDivisionError as e:
        out.append(60)
        out.append(61)
    x = [
        1,
        out,
    ]
    if out:
        out.append(70)
    else:
        out.append(71)

    return out
for w in (1, 5, 8, 13, 14, 18, 20, 21):
    for to in (0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22, 24, 26, 27, 29, 30, 31, 40):
        jumper(a, w, to)
for ev in ("call", "return", "exception", "opcode"):
    for w in (0, 1, 18, 31): jumper(a, w, 2, ev)
jumper(a, 2, "x"); jumper(a, 2, None); jumper(a, 2, 1.5); jumper(a, 2, 10**30); jumper(a,2,-5); jumper(a, 2, True)
def g(out):
    def gen():
        yield 1
        yield 2
    return list(gen())
try: sys._getframe().f_lineno = 3
except Exception as e: print(type(e).__name__, e)
try: del sys._getframe().f_lineno
except Exception as e: print(type(e).__name__, e)
f = sys._getframe()
def t(frame, ev, arg):
    try: f.f_lineno = 3
    except Exception as e: print(type(e).__name__, e)
    f.f_trace = t
    try: f.f_lineno = 3
    except Exception as e: print(type(e).__name__, e)
    f.f_trace = None
def q(): pass
sys.settrace(t); q(); sys.settrace(None)
for name, v in (("f_trace_lines", 1), ("f_trace_opcodes", "x"), ("f_trace_lines", False), ("f_trace", 5)):
    try: setattr(f, name, v); print(getattr(f, name))
    except Exception as e: print(type(e).__name__, e)
for name in ("f_trace_lines", "f_trace", "f_trace_opcodes"):
    try: delattr(f, name); print(getattr(f, name))
    except Exception as e: print(type(e).__name__, e)
