import sys
name='glob'
class D:
    def __del__(s): print('del', name, sys is None, sys.is_finalizing() if sys else None, __name__, globals().get('__file__'))
d=D()
def f(): return d
class E:
    def __del__(s): print(len, D, sys.modules)
