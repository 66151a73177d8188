"""Decimal numbers of any precision: `Decimal('0.1') + Decimal('0.2')` is `Decimal('0.3')`."""

try:
    from _decimal import *
    from _decimal import __all__, __libmpdec_version__, __version__
except ImportError:
    from _pydecimal import *
    from _pydecimal import __all__, __libmpdec_version__, __version__
