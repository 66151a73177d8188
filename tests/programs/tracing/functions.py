# Trace functions that raise, change variables, unset themselves; attributes of frames.
import sys
def show(label, fn):
    try: print(label, "->", fn())
    except BaseException as e:
        tb = e.__traceback__; places = []
        while tb: places.append((tb.tb_frame.f_code.co_name, tb.tb_lineno - tb.tb_frame.f_code.co_firstlineno)); tb = tb.tb_next
        print(label, "raised", repr(e), "context", repr(e.__context__), places)
    print("  trace now", sys.gettrace() is None, sys.getprofile() is None)
    sys.settrace(None); sys.setprofile(None)
def work(n=2):
    total = 0
    for i in range(n):
        total += i
    try:
        {}["k"]
    except KeyError:
        total += 100
    return total
def failing(event_wanted, line=None):
    def t(frame, event, arg):
        if frame.f_code is not work.__code__: return None
        if event == event_wanted and (line is None or frame.f_lineno - frame.f_code.co_firstlineno == line):
            raise RuntimeError(event)
        return t
    return t
for ev in ("call", "line", "return", "exception"):
    def run():
        sys.settrace(failing(ev)); return work()
    show("settrace " + ev, run)
def run():
    sys.settrace(failing("line", 3)); return work()
show("line 3", run)
def failing_profile(event_wanted):
    def p(frame, event, arg):
        if event == event_wanted and event[:2] != "c_" and frame.f_code is work.__code__ or event == event_wanted and event[:2] == "c_" and frame.f_code.co_name == "callc":
            raise RuntimeError(event)
    return p
def callc():
    len([])
    try: len(4)
    except TypeError: pass
    return "done"
for ev in ("call", "return", "c_call", "c_return", "c_exception"):
    def run():
        sys.setprofile(failing_profile(ev)); return work(), callc()
    show("setprofile " + ev, run)
# variables
def change(frame, event, arg):
    if frame.f_code.co_name in ("victim", "celled", "inner"):
        if event == "line":
            for k in list(frame.f_locals):
                if k == "x": frame.f_locals["x"] = frame.f_locals["x"] + 1
        return change
def victim(x):
    x = x
    y = x
    return x, y
def celled(x):
    def inner():
        nonlocal x
        x += 10
        return x
    a = inner()
    return x, a
def run():
    sys.settrace(change); return victim(1), celled(1)
show("variables", run)
def delete(frame, event, arg):
    if frame.f_code is victim.__code__:
        if event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 3: del frame.f_locals["y"]
        return delete
def run():
    sys.settrace(delete); return victim(1)
show("deleted", run)
# local trace functions
log = []
def glob(frame, event, arg):
    log.append(("glob", event, frame.f_code.co_name))
    if frame.f_code.co_name == "outer": return loc
def loc(frame, event, arg):
    log.append(("loc", event, frame.f_lineno - frame.f_code.co_firstlineno))
    if event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 2: return loc2
def loc2(frame, event, arg):
    log.append(("loc2", event, frame.f_lineno - frame.f_code.co_firstlineno))
    if event == "line" and frame.f_lineno - frame.f_code.co_firstlineno == 4:
        frame.f_trace = None
        return None
def outer():
    a = 1
    b = 2
    c = inner()
    d = 4
    e = 5
    return e
def inner():
    return 7
sys.settrace(glob); outer(); sys.settrace(None)
for row in log: print(row)
# the frame that sets it
def opcodes():
    seen = []
    def t(frame, event, arg):
        frame.f_trace_opcodes = True; frame.f_trace_lines = False
        seen.append((event, frame.f_lasti)); return t
    def code(a, b):
        while a < b:
            a += 1
        return [a, b] if a else None
    sys.settrace(t); code(1, 3); sys.settrace(None)
    return seen
print(opcodes())
def own():
    seen = []
    def t(frame, event, arg):
        seen.append((event, frame.f_lineno - frame.f_code.co_firstlineno)); return t
    sys._getframe().f_trace = t
    x = 1
    sys.settrace(t)
    y = 2
    for i in range(2):
        z = i
    sys.settrace(None)
    w = 3
    sys.settrace(t)
    v = 5
    sys.settrace(None)
    return seen
print(own())
# call_tracing
def nested():
    seen = []
    def inner_work():
        a = 1
        return a
    def t(frame, event, arg):
        if frame.f_code.co_name == "plain" and event == "line":
            seen.append(("before", sys.gettrace() is t))
            seen.append(sys.call_tracing(inner_work, ()))
            seen.append("after")
        else:
            seen.append((event, frame.f_code.co_name))
        return t
    def plain():
        return 1
    sys.settrace(t); plain(); sys.settrace(None)
    return seen
print(nested())
for args in ((), (print,), (print, [])):
    try: sys.call_tracing(*args)
    except TypeError as e: print(e)
# coroutines
def co():
    seen = []
    def t(frame, event, arg):
        seen.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, arg if event != "exception" else arg[0].__name__)); return t
    class Aw:
        def __await__(self):
            r = yield 1
            return r
    async def sub():
        return await Aw()
    async def agen():
        yield 1
        yield 2
    async def main():
        async for x in agen(): pass
        return await sub()
    c = main()
    sys.settrace(t)
    try:
        c.send(None); c.send(5)
    except StopIteration as e: r = e.value
    sys.settrace(None)
    return seen, r
seen, r = co()
for s in seen:
    print(s if "0x" not in str(s) else s[:3])
class Del:
    def __del__(self): print("del")
def dels():
    a = Del()
    a = None
    b = Del()
seen = []
def t(frame, event, arg): seen.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno)); return t
sys.settrace(t); dels(); sys.settrace(None); print(seen)
seen = []
sys.settrace(t)
class K(int):
    a = [i for i in range(2)]
    def __lt__(self, o): return True
sorted([K(), K()]); exec("x = 1\ny = 2"); eval("1 + 1"); max([1], key=lambda q: q)

sys.settrace(None); print(seen)
