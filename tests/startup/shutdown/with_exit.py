import sys
class C:
    def __enter__(s): return s
    def __exit__(s,*a): print('exit', a[0])
def f():
    with C(): sys.exit('bye')
try: f()
except SystemExit as e: print('caught', e.code)
with C():
    raise SystemExit(2)
