import sys
sys.setrecursionlimit(100)
def f(): f()
f()
