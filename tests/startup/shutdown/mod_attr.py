import sys
class V:
    def __init__(s,n): s.n=n
    def __del__(s): print('del', s.n)
sys.modules['__main__'].__dict__['q'] = V('q')
import types
m = types.ModuleType('m'); m.v = V('m.v'); m.__dict__['_u'] = V('m._u')
sys.modules['m'] = m
m2 = types.ModuleType('m2'); m2.v = V('m2.v')
def f(): return m2
