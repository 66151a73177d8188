"""Objects as bytes: `pickle.loads(pickle.dumps(x))` is another `x`.

The work is done in `_pickle`; here are the names under which programs know it.
"""

from _pickle import (PickleError, PicklingError, UnpicklingError, Pickler, Unpickler, PickleBuffer, dump, dumps, load, loads,
                     whichmodule, encode_long, decode_long)
from _pickle_opcodes import *
from _pickle_opcodes import __all__ as _letters
from copyreg import dispatch_table, _extension_registry, _inverted_registry, _extension_cache

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads',
           'PickleBuffer', *_letters]

# CPython has everything twice, here in Python.
_Pickler, _Unpickler = Pickler, Unpickler
_dump, _dumps, _load, _loads = dump, dumps, load, loads

format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']
bytes_types = (bytes, bytearray)
del _letters
