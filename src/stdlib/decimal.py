"""Decimal numbers of any precision: `Decimal('0.1') + Decimal('0.2')` is `Decimal('0.3')`."""

from _decimal import *
from _decimal import __all__, __libmpdec_version__, __version__
