"""Dates, times of day, both together, differences between them, and zones."""

from _datetime import *
from _datetime import __all__
