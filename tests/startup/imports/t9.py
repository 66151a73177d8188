import rel, sys
sys.modules['sys2'] = 5
import sys2
print(sys2)
class Mod: 
    z = 3
sys.modules['fake'] = Mod
from fake import z
print(z)
try: from fake import w
except ImportError as e: print(e)
import pk.sub
sys.modules['pk'].sub = 'changed'
from pk import sub
print(sub)
import pk.sub as q
print(q)
del sys.modules['pk'].sub
from pk import sub
print(sub.y)
