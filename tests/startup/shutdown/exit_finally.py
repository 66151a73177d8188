import sys
class D:
    def __del__(s): print('del')
def f():
    d=D()
    try: sys.exit(4)
    finally: print('fin')
f()
