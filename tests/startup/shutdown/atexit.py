import atexit, sys
@atexit.register
def a(): print('a')
atexit.register(print,'b',end='!\n')
def bad(): 1/0
atexit.register(bad)
def ex(): sys.exit(9)
atexit.register(ex)
def c(): print('c'); atexit.register(print,'late')
atexit.register(c)
atexit.register(a); atexit.unregister(a)
try: atexit.register(3)
except TypeError as e: print(e)
print('main')
1/0
