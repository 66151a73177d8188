import sys
print('a')
sys.stdout = None
print('b')
del sys.stdout
try: print('c')
except RuntimeError as e: sys.stderr.write(str(e)+'\n')
