from . import x
from .sub import y
from .. import nothing
