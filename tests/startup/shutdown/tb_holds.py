class D:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
g=D('g')
def f():
    d=D('local')
    raise ValueError('x')
f()
