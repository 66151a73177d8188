import sys
from . import part
print(__name__, __package__, __spec__.name, part.v, sys.argv[1:], sys.argv[0] == __file__)
1 / 0
