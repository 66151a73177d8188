def g():
    try: yield 1
    finally: print('gen finally')
x=g(); next(x)
def h():
    try: yield
    except GeneratorExit: print('GE'); raise
y=h(); next(y)
z=[y]
def bad():
    try: yield
    except GeneratorExit: yield 2
w=bad(); next(w)
