import sys
print(hasattr(sys,'last_value'))
import atexit
atexit.register(lambda: print(sys.last_type, sys.last_value, sys.last_traceback.tb_lineno))
1/0
