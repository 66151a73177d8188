"""Dates, times of day, both together, differences between them, and zones."""

try:
    from _datetime import *
    from _datetime import __all__
except ImportError:
    from _pydatetime import *
    from _pydatetime import __all__
