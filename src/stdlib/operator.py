"""The operators as functions, under their names and those of the special methods, and itemgetter, attrgetter and methodcaller."""

import _operator

globals().update({name: value for name, value in vars(_operator).items() if name not in globals()})
__all__ = sorted(name for name in vars(_operator) if not name.startswith('_'))
del _operator
