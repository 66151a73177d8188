import builtins
class D:
    def __init__(s,n): s.n=n
    def __del__(s): print('del',s.n)
builtins.foo=D('builtins')
import sys
sys.bar=D('sys')
D.c=D('cls')
x=D('main')
