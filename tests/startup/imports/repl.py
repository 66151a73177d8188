import sys
class M: v = 42
sys.modules[__name__] = M()
