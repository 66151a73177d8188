import sys
def hook(a):
    print('hook', a.exc_type, a.exc_value, a.exc_traceback is not None, a.err_msg, type(a.object).__name__)
sys.unraisablehook=hook
class D:
    def __del__(s): 1/0
D()
def bad(a): raise TypeError('bad')
sys.unraisablehook=bad
D()
sys.unraisablehook=sys.__unraisablehook__
D()
