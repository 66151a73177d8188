import sys
class G(ExceptionGroup):
    def derive(self, excs):
        print("derive", len(excs), sys.getrefcount(excs))
        return G(self.message, excs)
g = G("a", [ValueError(1), G("b", [TypeError(2), KeyError(3)]), OSError(4)])
g.add_note("note")
print(g.split(lambda e: (print(type(e).__name__, sys.getrefcount(e)), isinstance(e, (TypeError, OSError)))[1]))
print(g.subgroup(TypeError), g.subgroup(TypeError).__notes__)
print(g.split(ZeroDivisionError), g.split(Exception))
class B:
    def __bool__(self):
        print("bool"); return False
try: print(g.split(lambda e: B()))
except Exception as e: print(e)
try: print(g.split(lambda e: 1/0))
except Exception as e: print(e)
try:
    try:
        raise g
    except* ValueError as e:
        print(e, e.exceptions, e.__notes__)
        raise
    except* TypeError as e:
        print(repr(e))
        raise RuntimeError("x")
except* KeyError as e: print("K", repr(e))
except* Exception as e: print("rest", repr(e))
try:
    try: raise ValueError(3)
    except* ValueError as e: print(repr(e)); raise
except* BaseException as e: print(repr(e))
class Bad(ExceptionGroup):
    def derive(self, excs): return 3
try: Bad("z",[ValueError(), KeyError()]).split(KeyError)
except TypeError as e: print(e)
class S(ExceptionGroup):
    def split(self, t):
        print("split called", t); return super().split(t)
try: raise S("s", [ValueError(), KeyError()])
except* KeyError as e: print(repr(e))
except* ValueError as e: print(repr(e))
