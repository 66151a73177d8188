from . import x as x2
from .sub import y
import pk.sub as s
print('b', x2, y, s.__name__, __package__, __name__)
