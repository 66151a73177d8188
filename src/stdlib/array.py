"""Numbers of one kind, side by side as in memory."""

from _array import array, typecodes, _array_reconstructor
from _collections_abc import MutableSequence

ArrayType = array
MutableSequence.register(array)
del MutableSequence
