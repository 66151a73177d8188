def show(f):
    try: f()
    except BaseException as e: print(repr(e), repr(e.__context__), repr(e.__cause__), getattr(e,'__suppress_context__',None))
def a():
    try: raise ValueError(1)
    except* ValueError: raise KeyError(1)
def b():
    try: raise ValueError(1)
    except* (TypeError, ValueError) as e: raise KeyError(1) from e
def c():
    try: raise ExceptionGroup('a',[ValueError(1)])
    except* ValueError: raise KeyError(1)
def d():
    try: raise ExceptionGroup('a',[ValueError(1),KeyError(2)])
    except* ValueError: raise KeyError(1)
    except* KeyError: raise
def e():
    try: raise ValueError(1)
    except* ValueError as g: raise g
def f():
    try: raise ValueError(1)
    except* ValueError as g: raise g.exceptions[0]
def g():
    try: raise ValueError(1)
    except* ValueError as g:
        try: raise KeyError(1)
        except* KeyError: raise KeyError(2)
def h():
    try:
        try: raise ValueError(1)
        except* ValueError: raise KeyError(1)
    except* KeyError: raise KeyError(3)
def i():
    try: raise ValueError(1)
    except* ValueError as g:
        try: 1/0
        except ZeroDivisionError: raise KeyError(1)
def j():
    for _ in range(2):
        try: raise ExceptionGroup('x',[ValueError(1),TypeError(2)])
        except* ValueError: raise KeyError(1)
        except* TypeError: raise KeyError(2)
def k():
    try: raise ValueError(1)
    except* ValueError: raise ExceptionGroup('z',[KeyError(1)])
def l():
    e = ValueError(1)
    try: raise e
    except* ValueError: raise e
def m():
    e = KeyError(1)
    try:
        try: raise e
        except* KeyError: raise
    except* KeyError as x: raise KeyError(1)
class EG(ExceptionGroup): pass
def n():
    try: raise EG('q',[ValueError(1)])
    except* ValueError: raise KeyError(1)
def o():
    try: raise ValueError(1)
    except* ValueError: 
        try: raise KeyError(1)
        finally: raise KeyError(5)
def p():
    try:
        try: raise ValueError(1)
        finally: raise KeyError(1)
    except* KeyError: raise KeyError(1)
def q():
    try: raise ValueError(1)
    except* ValueError: raise KeyError(1)
    finally: 1
def r():
    try: raise KeyError(1)
    except* KeyError: raise KeyError(1)
    except* ValueError: pass
def s():
    try: raise KeyError(1)
    except* ValueError: pass
    except* KeyError: raise KeyError(1)
    else: 1
def t():
    def u():
        try: raise KeyError(1)
        except* KeyError: yield 1; raise KeyError(2)
    x=u(); next(x); next(x)
def v():
    def u():
        try: yield 1
        except* KeyError: raise KeyError(2)
    x=u(); next(x); x.throw(KeyError(1))
def w():
    def u():
        try: yield 1
        except* KeyError: raise KeyError(2)
    x=u(); next(x); x.throw(KeyError,1)
for z in (a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,v,w): print(z.__name__, end=' '); show(z)
def show(f):
    try: f()
    except BaseException as e: print(repr(e), repr(e.__context__))
def a():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError: raise KeyError(1)
    except* TypeError: pass
def b():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError: pass
    except* TypeError: raise KeyError(1)
def c():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError: raise KeyError(1)
def d():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError: raise
    except* TypeError: raise KeyError(1)
def e():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError: raise KeyError(1)
    except* TypeError: raise KeyError(2)
def f():
    try: raise ExceptionGroup('a',[ValueError(1), TypeError(2)])
    except* ValueError as g: raise g
    except* TypeError: pass
def g():
    try: raise ExceptionGroup('a',[ValueError(1)])
    except* ValueError as g: raise g from None
def h():
    try: raise ExceptionGroup('a',[ValueError(1)])
    except* ValueError as g: raise ExceptionGroup('b', [KeyError(1)])
def i():
    try: raise ExceptionGroup('a',[ValueError(1)])
    except* ValueError as g: raise g.exceptions[0]
for z in (a,b,c,d,e,f,g,h,i): print(z.__name__, end=' '); show(z)
