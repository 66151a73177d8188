# sys.settrace and sys.setprofile: the events of loops, generators, iterators, exceptions, C functions.
import sys
def plain(arg):
    text = repr(arg)
    return text if "0x" not in text else type(arg).__name__
def t(frame, event, arg):
    frame.f_trace_opcodes = frame.f_code.co_name == "f"
    if event == "opcode": print(event, frame.f_lasti); return t
    if event == 'exception': arg = arg[:2]
    print(event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, plain(arg))
    return t
def g():
    x = yield 1
    try:
        yield 2
    finally:
        print("fin")
    return 5
def h():
    r = yield from g()
    return r
def f(n):
    a = 0
    for i in range(n):
        a += i
        if a > 100:
            pass
    while a > 0:
        a -= 1
    return a
class It:
    def __init__(self): self.n = 0
    def __iter__(self): return self
    def __next__(self):
        self.n += 1
        if self.n > 2: raise StopIteration
        return self.n
def e():
    try:
        1/0
    except ZeroDivisionError as x:
        pass
    try:
        raise KeyError(3)
    finally:
        a = 1
def main():
    f(3)
    for x in h(): pass
    for x in It(): pass
    l = sorted([3,1,2], key=lambda x: -x)
    try:
        e()
    except KeyError: pass
    gg = g(); next(gg); 
    try: gg.throw(ValueError)
    except ValueError: pass
    gg = g(); next(gg); next(gg); gg.close()
    class A:
        x = 1
        def m(self): return super().__init__()
    A().m()
    return [i for i in range(2)]
sys.settrace(t)
main()
sys.settrace(None)
def p(frame, event, arg):
    if event == 'exception': arg = arg[:2]
    if event.startswith('c_'): arg = arg.__name__
    print(event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno, plain(arg))
sys.setprofile(p)
main()
len([])
[].append(1)
list.append([], 2)
try: list.append()
except TypeError: pass
try: len(5)
except TypeError: pass
len(*[[]])
sys.setprofile(None)
