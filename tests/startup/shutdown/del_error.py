class D:
    def __del__(s): raise ValueError('oops')
D()
d=D()
x=[D()]
del x
class E:
    def __del__(s): 1/0
    def __repr__(s): return 'E!'
e=E()
try: 1/0
except ZeroDivisionError: E()
class N(Exception): pass
class F:
    def __del__(s): raise N
F()
