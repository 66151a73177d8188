def check(name, f):
    try:
        print(name, repr(f()))
    except BaseException as e:
        print(name, type(e).__name__, e)
# exceptions
e = ValueError("a", 1)
check("args", lambda: (e.args, str(e), repr(e), e.__cause__, e.__context__, e.__suppress_context__, e.__traceback__))
check("kw", lambda: ValueError(a=1))
check("kw2", lambda: KeyError("k").__str__())
check("str0", lambda: (str(ValueError()), str(ValueError(5)), str(KeyError("x")), str(KeyError(1,2))))
check("note", lambda: (e.add_note("n"), e.add_note("m"), e.__notes__))
check("note2", lambda: e.add_note(1))
check("wt", lambda: e.with_traceback(None) is e)
check("wt2", lambda: e.with_traceback(1))
check("setc", lambda: setattr(e, "__cause__", 1))
check("setc2", lambda: (setattr(e, "__cause__", KeyError()), e.__suppress_context__))
check("delc", lambda: delattr(e, "__cause__"))
check("seta", lambda: (setattr(e, "args", [1, 2]), e.args))
check("reduce", lambda: ValueError(3).__reduce__())
check("stop", lambda: (StopIteration().value, StopIteration(1).value, StopIteration(1, 2).value))
check("exit", lambda: (SystemExit().code, SystemExit(1).code, SystemExit(1, 2).code))
check("os", lambda: (OSError(2, "m"), OSError(2, "m", "f").filename, str(OSError(2, "m", "f")), OSError(13, "x"), OSError(1000, "x"), OSError("x"), OSError(2, "a", "b", None, "c").filename2))
check("os2", lambda: (OSError(2, "m", "f").args, OSError().errno, FileNotFoundError(1, "q").errno, IOError is OSError))
check("imp", lambda: (ImportError("m", name="n", path="p").name, ImportError("m").msg, ImportError("a", "b").msg))
check("imp2", lambda: ImportError(foo=1))
check("name", lambda: (NameError("m", name="n").name, AttributeError("q", name="z", obj=3).obj))
check("name2", lambda: NameError("m", nme="n"))
check("syn", lambda: (SyntaxError("m", ("f", 1, 2, "t")).lineno, str(SyntaxError("m", ("f", 1, 2, "t"))), SyntaxError("m").text))
check("syn2", lambda: SyntaxError("m", (1, 2)))
check("uni", lambda: str(UnicodeDecodeError("utf-8", b"abc", 1, 2, "bad")))
check("uni2", lambda: str(UnicodeEncodeError("utf-8", "abc", 1, 3, "bad")))
check("uni3", lambda: UnicodeDecodeError("utf-8", "abc", 1, 2, "bad"))
check("uni4", lambda: UnicodeDecodeError(1))
check("uni5", lambda: UnicodeDecodeError("utf-8", b"abc", 1, 2, "bad").reason)
class My(Exception):
    def __init__(self, a, b): super().__init__(a); self.b = b
    def __str__(self): return "my" + str(self.b)
check("my", lambda: (My(1, 2).args, str(My(1, 2)), repr(My(1, 2)), My(1, 2).b))
class My2(Exception):
    def __init__(self, a): self.a = a
check("my2", lambda: (My2(7).args, repr(My2(7))))
class MyOS(OSError):
    def __init__(self, a): super().__init__(5, a)
check("myos", lambda: (MyOS("q").errno, MyOS("q").args, str(MyOS("q"))))
# groups
eg = ExceptionGroup("g", [ValueError(1), TypeError(2), ExceptionGroup("h", [ValueError(3), KeyError(4)])])
check("eg", lambda: (eg.message, eg.exceptions, str(eg)))
check("egr", lambda: repr(eg))
check("egs", lambda: eg.split(ValueError))
check("egs2", lambda: eg.subgroup((TypeError, KeyError)))
check("egs3", lambda: eg.subgroup(lambda e: isinstance(e, KeyError)))
check("egs4", lambda: eg.subgroup(OSError))
check("egs5", lambda: eg.split(3))
check("eg1", lambda: ExceptionGroup("g", []))
check("eg2", lambda: ExceptionGroup("g", [1]))
check("eg3", lambda: ExceptionGroup("g", 1))
check("eg4", lambda: ExceptionGroup(1, [ValueError()]))
check("eg5", lambda: ExceptionGroup("g"))
check("eg6", lambda: ExceptionGroup("g", [KeyboardInterrupt()]))
check("eg7", lambda: type(BaseExceptionGroup("g", [ValueError()])))
check("eg8", lambda: type(BaseExceptionGroup("g", [KeyboardInterrupt()])))
check("egset", lambda: setattr(eg, "message", 1))
class MG(ExceptionGroup):
    def derive(self, excs): return MG(self.message, excs)
check("mg", lambda: MG("x", [ValueError(1), KeyError(2)]).split(KeyError))
try:
    raise eg
except* ValueError as v:
    print("caught", v.exceptions)
except* (TypeError, KeyError) as v:
    print("caught2", v.exceptions)
# tracebacks, frames
def raiser():
    x = 5
    raise KeyError("k")
def outer():
    raiser()
try:
    outer()
except KeyError as err:
    tb = err.__traceback__
    while tb:
        print(tb.tb_frame.f_code.co_name, tb.tb_lineno, tb.tb_lasti >= 0, sorted(tb.tb_frame.f_locals)[:1] if tb.tb_next is None else "")
        last = tb
        tb = tb.tb_next
    print(last.tb_frame.f_locals, last.tb_frame.f_back.f_code.co_name, last.tb_frame.f_lineno)
try:
    try:
        1/0
    except ZeroDivisionError as z:
        raise ValueError("v") from z
except ValueError as v:
    print(repr(v.__cause__), repr(v.__context__), v.__suppress_context__)
# generators
def g():
    try:
        x = yield 1
        print("got", x)
        yield 2
    finally:
        print("fin")
it = g()
check("gi", lambda: (it.gi_running, it.gi_code.co_name, it.gi_frame.f_lineno, it.gi_yieldfrom, it.__name__, it.__qualname__, it.gi_suspended))
check("send1", lambda: it.send(1))
check("next", lambda: next(it))
check("send2", lambda: it.send("v"))
check("loc", lambda: it.gi_frame.f_locals)
check("throw", lambda: it.throw(ValueError, "thrown"))
check("frame", lambda: it.gi_frame)
check("stop", lambda: next(it))
check("closed", lambda: it.close())
def g2():
    r = yield from g()
    return 5
it = g2(); next(it)
check("yf", lambda: it.gi_yieldfrom.__name__)
check("close", lambda: it.close())
def g3():
    while True:
        try: yield 1
        except GeneratorExit: pass
it = g3(); next(it)
check("ign", lambda: it.close())
check("thr", lambda: it.throw(1))
check("thr2", lambda: it.throw(ValueError(1), 2))
def g4():
    try: yield 1
    except ValueError as e: yield repr(e)
    return 9
it = g4(); next(it)
check("thr3", lambda: it.throw(ValueError, 5))
check("ret", lambda: next(it))
def rec():
    yield next(me)
me = rec()
check("already", lambda: next(me))
async def co(): return 5
c = co()
check("cr", lambda: (c.cr_running, c.cr_code.co_name, c.cr_await, type(c)))
check("crsend", lambda: c.send(None))
check("crsend2", lambda: c.send(None))
async def co2():
    return await co() + 1
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
check("run", lambda: run(co2()))
async def ag():
    try:
        x = yield 1
        print("ag got", x)
        yield 2
    finally: print("ag fin")
async def use():
    out = []
    async for v in ag(): out.append(v)
    return out
check("ag", lambda: run(use()))
async def use2():
    a = ag()
    r = [await a.__anext__(), await a.asend("s")]
    await a.aclose()
    try: await a.__anext__()
    except StopAsyncIteration: r.append("end")
    return r
check("ag2", lambda: run(use2()))
async def use3():
    a = ag()
    await a.__anext__()
    try: await a.athrow(ValueError("thrown"))
    except ValueError as e: return repr(e)
check("ag3", lambda: run(use3()))
async def use4(): return [v async for v in ag()]
check("ag4", lambda: run(use4()))
a = ag()
check("agx", lambda: (a.ag_running, a.ag_code.co_name, type(a.__anext__()), type(a.aclose())))
w = co2().__await__()
check("wrap", lambda: (type(w), next(w)))
c5 = co(); 
check("mulaw", lambda: run(c5))
check("mulaw2", lambda: run(c5))
