class D:
    def __del__(s):
        try:
            import random
            print('imported')
        except ImportError as e: print(type(e).__name__, e)
import sys
sys.keep=D()
d=D()
def f(): d
