"""Objects as bytes and back: what CPython has in C for `pickle`.

A pickle is a program for a machine with a stack and a memo. `[1, 'a']` is, in protocol 4:

    PROTO 4   FRAME 11   EMPTY_LIST   MEMOIZE   MARK   BININT1 1   SHORT_BINUNICODE 'a'   MEMOIZE   APPENDS   STOP

`Pickler` writes such a program, `Unpickler` runs it. The letters of the instructions are listed once, in `pickle`'s
documentation order, in `_pickle_opcodes`.
"""

from _like_builtin import builtin_class
from _pickle_buffer import PickleBuffer
from _pickle_opcodes import *
from _pickle_opcodes import FRAME_HEADER, FRAME_LEAST, FRAME_MOST, BATCH, INT32
import copyreg as _copyreg
import sys as _sys
from _struct import Struct as _Struct

_uint2, _uint4, _uint8, _int4, _double = map(_Struct, ('<H', '<I', '<Q', '<i', '>d'))
_NoneType, _Function = type(None), type(lambda: None)
_Builtin = type(len)
_HEAPTYPE = 1 << 9           # of a class: made by a program
_BUILTINS = 'builtins.'[:-1]   # the name of the module as builtin functions have it: not the str that classes have
_NOTHING = object()


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


for _class in (PickleError, PicklingError, UnpicklingError):
    _class.__module__ = '_pickle'


# ── where bytes go ──────────────────────────────────────────────────────────────────────────────────────────────────

class _Output:
    """The bytes of one dump. From protocol 4 on they are cut into frames, whose length stands before them."""

    def __init__(self, file, framed):
        self.file, self.framed = file, framed
        self.done, self.frame = [], []     # pieces that are finished; pieces of the frame that is open
        self.frame_len = 0

    def __call__(self, piece):
        self.frame.append(piece)
        self.frame_len += len(piece)

    def boundary(self):
        """Between two objects a frame may end."""
        if self.frame_len >= FRAME_MOST and self.framed:
            self.close_frame()
            self.flush()

    def close_frame(self):
        if self.framed and self.frame_len >= FRAME_LEAST:
            self.done.append(FRAME + _uint8.pack(self.frame_len))
        self.done += self.frame
        self.frame.clear()
        self.frame_len = 0

    def large(self, head, payload):
        """What is as large as a frame goes without one."""
        if len(payload) < FRAME_MOST:
            self(head)
            return self(payload)
        self.close_frame()
        self.done.append(head)
        if self.file is None:
            self.done.append(bytes(payload))
        else:
            self.flush()
            self.file(payload)

    def flush(self):
        if self.file is not None and self.done:
            pieces, self.done = self.done, []
            self.file(b''.join(pieces))


def _sized(payload, short, middle, long, least_for_short, least_for_long, protocol):
    """The head for so many bytes: with a length of one, four or eight bytes."""
    size = len(payload)
    if size < 256 and protocol >= least_for_short:
        return short + bytes((size,))
    if size <= 0xffffffff:
        return middle + _uint4.pack(size)
    if protocol < least_for_long:
        raise OverflowError('serializing a string larger than 4 GiB requires pickle protocol 4 or higher')
    return long + _uint8.pack(size)


# ── pickling ────────────────────────────────────────────────────────────────────────────────────────────────────────

class PicklerMemoProxy:
    """A pickler's memo as it is shown: `memo.clear()`, `memo.copy()`."""

    __slots__ = ('_pickler',)

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, pickler):
        self._pickler = pickler

    def clear(self):
        self._pickler.clear_memo()

    def copy(self):
        return dict(self._pickler._memo)

    def __reduce__(self):
        return dict, (self.copy(),)


class Pickler:
    __slots__ = ('bin', 'fast', 'dispatch_table', 'persistent_id', '_memo', '_protocol', '_write', '_out', '_fix_imports',
                 '_on_buffer', '_id_of', '_override', '_table')

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        self._prepare(protocol, fix_imports, buffer_callback)
        self._write = getattr(file, 'write', None)
        if self._write is None:
            raise TypeError("file must have a 'write' attribute")

    def _prepare(self, protocol, fix_imports, buffer_callback):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        elif protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f'pickle protocol must be <= {HIGHEST_PROTOCOL}')
        if buffer_callback is not None and protocol < 5:
            raise ValueError('buffer_callback needs protocol >= 5')
        self._protocol, self._on_buffer = protocol, buffer_callback
        self.bin, self.fast = int(protocol > 0), 0
        self._fix_imports = bool(fix_imports) and protocol < 3
        self._memo = {}
        self._write = None

    @property
    def memo(self):
        return PicklerMemoProxy(self)

    @memo.setter
    def memo(self, value):
        if isinstance(value, PicklerMemoProxy):
            value = value.copy()
        elif not isinstance(value, dict):
            raise TypeError(f"'memo' attribute must be a PicklerMemoProxy object or dict, not {type(value).__name__}")
        for entry in value.values():
            if not isinstance(entry, tuple) or len(entry) != 2:
                raise TypeError("'memo' values must be 2-item tuples")
        self._memo = dict(value)

    @memo.deleter
    def memo(self):
        raise TypeError('attribute deletion is not supported')

    def clear_memo(self):
        self._memo.clear()

    def __sizeof__(self):
        return object.__sizeof__(self) + 16 * max(8, len(self._memo))

    def dump(self, obj):
        if not hasattr(self, '_memo'):
            raise PicklingError(f'Pickler.__init__() was not called by {type(self).__name__}.__init__()')
        self._program(obj, self._write)

    def _program(self, obj, write):
        protocol = self._protocol
        self._id_of = getattr(self, 'persistent_id', None)
        self._override = getattr(self, 'reducer_override', None)
        self._table = getattr(self, 'dispatch_table', None)
        if self._table is None:
            self._table = _copyreg.dispatch_table
        self._out = out = _Output(write, protocol >= 4)
        try:
            if protocol >= 2:
                out.done.append(PROTO + bytes((protocol,)))
            self._save(obj)
            out(STOP)
            out.close_frame()
            out.flush()
        finally:
            del self._out, self._id_of, self._override, self._table
        return b''.join(out.done)

    # The memo: what was written once is referred to afterwards.

    def _remember(self, obj):
        if self.fast:
            return
        number = len(self._memo)
        self._memo[id(obj)] = number, obj
        if self._protocol >= 4:
            self._out(MEMOIZE)
        elif not self.bin:
            self._out(PUT + b'%d\n' % number)
        else:
            self._out(BINPUT + bytes((number,)) if number < 256 else LONG_BINPUT + _uint4.pack(number))

    def _refer(self, obj):
        number = self._memo[id(obj)][0]
        if not self.bin:
            self._out(GET + b'%d\n' % number)
        else:
            self._out(BINGET + bytes((number,)) if number < 256 else LONG_BINGET + _uint4.pack(number))

    # Objects in objects are no calls in calls: who saves parts of an object is a generator of these parts.

    def _save(self, obj):
        open_ones, depths = [], [0]
        deepest = _sys.getrecursionlimit() - _depth() + 4   # as many as CPython has calls in calls
        while True:
            self._out.boundary()
            pid = None if self._id_of is None else self._id_of(obj)
            parts = self._open(obj) if pid is None else self._save_id(pid)
            if parts is not None:
                depth = depths[-1] + (2 if type(obj) in (list, dict) else 1)
                if depth > deepest:
                    raise RecursionError('maximum recursion depth exceeded while pickling an object')
                open_ones.append(parts)
                depths.append(depth)
            while open_ones:
                obj = next(open_ones[-1], _NOTHING)
                if obj is not _NOTHING:
                    break
                open_ones.pop()
                depths.pop()
            else:
                return

    def _save_id(self, pid):
        if self.bin:
            parts = self._open(pid)
            if parts is not None:
                yield from parts
            self._out(BINPERSID)
            return
        try:
            text = str(pid).encode('ascii')
        except UnicodeEncodeError:
            raise PicklingError('persistent IDs in protocol 0 must be ASCII strings') from None
        self._out(PERSID + text + b'\n')

    def _open(self, obj):
        """Writes an object without parts; of another, a generator of its parts."""
        kind = type(obj)
        save = _ATOMS.get(kind)
        if save is not None:
            return save(self, obj)
        if id(obj) in self._memo:
            return self._refer(obj)
        save = _EXACT.get(kind)
        if save is not None:
            return save(self, obj)
        reduced = NotImplemented
        if self._override is not None:
            reduced = self._override(obj)
        if reduced is NotImplemented:
            if kind is type:
                return self._save_class(obj)
            if kind is _Function:
                return self._save_global(obj)
            reducer = self._table.get(kind) if isinstance(self._table, dict) else _found(self._table, kind)
            if reducer is not None:
                reduced = reducer(obj)
            elif issubclass(kind, type):
                return self._save_global(obj)
            else:
                reduced = self._reduce(obj)
        if isinstance(reduced, str):
            return self._save_global(obj, reduced)
        if not isinstance(reduced, tuple):
            raise PicklingError('__reduce__ must return a string or tuple')
        return self._save_reduced(reduced, obj)

    def _reduce(self, obj):
        if (method := getattr(obj, '__reduce_ex__', _NOTHING)) is not _NOTHING:
            return method(self._protocol)
        if (method := getattr(obj, '__reduce__', _NOTHING)) is not _NOTHING:
            return method()
        raise PicklingError(f"can't pickle '{type(obj).__name__}' object: {obj!r}")

    # Atoms: never in the memo.

    def _save_none(self, obj):
        self._out(NONE)

    def _save_bool(self, obj):
        if self._protocol >= 2:
            self._out(NEWTRUE if obj else NEWFALSE)
        else:
            self._out(TRUE if obj else FALSE)

    def _save_int(self, obj):
        out = self._out
        if -INT32 <= obj < INT32:
            if not self.bin:
                out(INT + b'%d\n' % obj)
            elif 0 <= obj < 0x100:
                out(BININT1 + bytes((obj,)))
            elif 0 <= obj < 0x10000:
                out(BININT2 + _uint2.pack(obj))
            else:
                out(BININT + _int4.pack(obj))
        elif self._protocol < 2:
            out(LONG + b'%dL\n' % obj)
        else:
            digits = encode_long(obj)
            if len(digits) < 256:
                out(LONG1 + bytes((len(digits),)) + digits)
            else:
                out(LONG4 + _int4.pack(len(digits)) + digits)

    def _save_float(self, obj):
        self._out(BINFLOAT + _double.pack(obj) if self.bin else FLOAT + b'%a\n' % obj)

    # Texts and bytes.

    def _save_bytes(self, obj):
        if self._protocol >= 3:
            self._save_payload(obj, obj, SHORT_BINBYTES, BINBYTES, BINBYTES8, 0)
        elif not obj:
            return self._save_reduced((bytes, ()), obj)
        else:
            import _codecs
            return self._save_reduced((_codecs.encode, (str(obj, 'latin1'), 'latin1')), obj)

    def _save_payload(self, obj, payload, short, middle, long, least_for_short):
        self._out.large(_sized(payload, short, middle, long, least_for_short, 4, self._protocol), payload)
        self._remember(obj)

    def _save_bytearray(self, obj):
        if self._protocol < 5:
            return self._save_reduced((bytearray, (bytes(obj),) if obj else ()), obj)
        self._out.large(BYTEARRAY8 + _uint8.pack(len(obj)), obj)
        self._remember(obj)

    def _save_buffer(self, obj):
        if self._protocol < 5:
            raise PicklingError('PickleBuffer can only pickled with protocol >= 5')
        view = memoryview(obj)
        if not view.contiguous:
            raise PicklingError('PickleBuffer can not be pickled when pointing to a non-contiguous buffer')
        out_of_band = self._on_buffer is not None and not self._on_buffer(obj)
        if out_of_band:
            self._out(NEXT_BUFFER + READONLY_BUFFER if view.readonly else NEXT_BUFFER)
        elif view.readonly:
            self._save_payload(obj, obj.raw().tobytes(), SHORT_BINBYTES, BINBYTES, BINBYTES8, 0)
        else:
            self._out.large(BYTEARRAY8 + _uint8.pack(view.nbytes), obj.raw().tobytes())
            self._remember(obj)

    def _save_str(self, obj):
        if self.bin:
            return self._save_payload(obj, obj.encode('utf-8', 'surrogatepass'), SHORT_BINUNICODE, BINUNICODE, BINUNICODE8, 4)
        # What would end the line, or the file on some systems, is escaped.
        escaped = obj.translate({ord(c): f'\\u{ord(c):04x}' for c in '\\\0\n\r\x1a'})
        self._out(UNICODE + escaped.encode('raw-unicode-escape') + b'\n')
        self._remember(obj)

    # Containers: an empty one first, so that what is in it may refer to it.

    def _save_tuple(self, obj):
        out, count = self._out, len(obj)
        if not count:
            return out(EMPTY_TUPLE if self.bin else MARK + TUPLE)
        small = count <= 3 and self._protocol >= 2
        if not small:
            out(MARK)
        for item in obj:
            yield item
        if id(obj) in self._memo:
            # It contains itself, and was made while its items were: they are dropped again.
            if small:
                out(POP * count)
            else:
                out(POP_MARK if self.bin else POP * (count + 1))
            return self._refer(obj)
        out((TUPLE1, TUPLE2, TUPLE3)[count - 1] if small else TUPLE)
        self._remember(obj)

    def _save_list(self, obj):
        self._out(EMPTY_LIST if self.bin else MARK + LIST)
        self._remember(obj)
        if not self.bin:
            yield from self._append_each(iter(obj))
        elif len(obj) == 1:
            yield obj[0]
            self._out(APPEND)
        elif obj:
            at = 0
            while at < len(obj):
                end = at + BATCH
                self._out(MARK)
                while at < end and at < len(obj):
                    yield obj[at]
                    at += 1
                self._out(APPENDS)

    def _save_dict(self, obj):
        self._out(EMPTY_DICT if self.bin else MARK + DICT)
        self._remember(obj)
        if not obj:
            return
        items = iter(obj.items())
        if not self.bin or len(obj) == 1:
            yield from self._set_each(items)
        else:
            yield from self._exact_batches(items, True, SETITEMS)

    def _exact_batches(self, items, paired, end):
        """Of a set or a dict: full batches, then one that is not, empty though it be."""
        count = BATCH
        while count == BATCH:
            self._out(MARK)
            count = 0
            for item in items:
                if paired:
                    yield from item
                else:
                    yield item
                count += 1
                if count == BATCH:
                    break
            self._out(end)

    def _save_set(self, obj):
        if self._protocol < 4:
            yield from self._save_reduced((set, (list(obj),)), obj)
            return
        self._out(EMPTY_SET)
        self._remember(obj)
        if obj:
            yield from self._exact_batches(iter(obj), False, ADDITEMS)

    def _save_frozenset(self, obj):
        if self._protocol < 4:
            yield from self._save_reduced((frozenset, (list(obj),)), obj)
            return
        self._out(MARK)
        for item in obj:
            yield item
        if id(obj) in self._memo:
            self._out(POP_MARK)
            return self._refer(obj)
        self._out(FROZENSET)
        self._remember(obj)

    def _append_each(self, items):
        for item in items:
            yield item
            self._out(APPEND)

    def _set_each(self, items):
        for pair in items:
            yield from _checked_pair(pair)
            self._out(SETITEM)

    def _batches(self, items, parts_of, one, many):
        """Of any iterator: an item that is the only one of its batch needs no mark."""
        count = BATCH
        while count == BATCH and (first := next(items, _NOTHING)) is not _NOTHING:
            item = next(items, _NOTHING)
            if item is _NOTHING:
                yield from parts_of(first)
                self._out(one)
                return
            self._out(MARK)
            yield from parts_of(first)
            count = 1
            while item is not _NOTHING:
                yield from parts_of(item)
                count += 1
                item = next(items, _NOTHING) if count < BATCH else _NOTHING
            self._out(many)

    # Classes and functions, by their names.

    def _save_class(self, obj):
        single = {_NoneType: None, type(...): ..., type(NotImplemented): NotImplemented}
        if obj in single:
            return self._save_reduced((type, (single[obj],)), obj)
        return self._save_global(obj)

    def _save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, '__qualname__', None)
            if name is None:
                name = obj.__name__
        path = name.split('.')
        if '<locals>' in path:
            raise AttributeError(f"Can't pickle local object {name!r}")
        module_name = whichmodule(obj, name)
        # Of what is in C the name is a new str each time, which no other object shares.
        if type(obj) is _Builtin or isinstance(obj, type) and not obj.__flags__ & _HEAPTYPE:
            name = (name + '.')[:-1]
            if type(obj) is _Builtin and module_name == 'builtins':
                module_name = _BUILTINS
        try:
            __import__(module_name)
            module = _sys.modules[module_name]
        except (ImportError, KeyError, ValueError):
            raise PicklingError(f"Can't pickle {obj!r}: import of module {module_name!r} failed") from None
        found = parent = module
        try:
            for part in path:
                found, parent = getattr(found, part), found
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: attribute lookup {name} on {module_name} failed") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        protocol, out = self._protocol, self._out
        if protocol >= 2 and (code := _copyreg._extension_registry.get((module_name, name))):
            if code < 0x100:
                return out(EXT1 + bytes((code,)))
            return out(EXT2 + _uint2.pack(code) if code < 0x10000 else EXT4 + _int4.pack(code))
        if protocol >= 4:
            yield module_name
            yield name
            out(STACK_GLOBAL)
        elif parent is not module:
            yield from self._save_reduced((getattr, (parent, path[-1])), obj)
            return
        else:
            out(GLOBAL + self._spelled(module_name, name))
        self._remember(obj)

    def _spelled(self, module, name):
        if self._fix_imports:
            import _compat_pickle
            old = _compat_pickle.REVERSE_NAME_MAPPING.get((module, name))
            module, name = old or (_compat_pickle.REVERSE_IMPORT_MAPPING.get(module, module), name)
        spelled = b''
        coding = 'utf-8' if self._protocol >= 3 else 'ascii'
        for what, text in (('module', module), ('global', name)):
            try:
                spelled += text.encode(coding) + b'\n'
            except UnicodeEncodeError:
                full = text if what == 'module' else f'{module}.{name}'
                raise PicklingError(f"can't pickle {what} identifier '{full}' using pickle protocol {self._protocol}") from None
        return spelled

    # Everything else: as `__reduce_ex__` says.

    def _save_reduced(self, reduced, obj):
        if not 2 <= len(reduced) <= 6:
            raise PicklingError('tuple returned by __reduce__ must contain 2 through 6 elements')
        make, args, state, items, pairs, set_state = reduced + (None,) * (6 - len(reduced))
        if not callable(make):
            raise PicklingError('first item of the tuple returned by __reduce__ must be callable')
        if not isinstance(args, tuple):
            raise PicklingError('second item of the tuple returned by __reduce__ must be a tuple')
        for place, value, wanted, fits in (('fourth', items, 'an iterator', _is_iterator), ('fifth', pairs, 'an iterator', _is_iterator),
                                           ('sixth', set_state, 'a function', callable)):
            if value is not None and not fits(value):
                raise PicklingError(f'{place} element of the tuple returned by __reduce__ must be {wanted}, '
                                    f'not {type(value).__name__}')
        out = self._out
        how = getattr(make, '__name__', None) if self._protocol >= 2 else None
        if how == '__newobj_ex__':
            yield from self._make_with_keywords(args)
        elif how == '__newobj__':
            yield from self._make_new(args, obj)
        else:
            yield make
            yield args
            out(REDUCE)
        if id(obj) in self._memo:
            # Its arguments led back to it: it is there already.
            out(POP)
            return self._refer(obj)
        self._remember(obj)
        if items is not None:
            yield from self._batches(items, _itself, APPEND, APPENDS) if self.bin else self._append_each(items)
        if pairs is not None:
            yield from self._batches(pairs, _checked_pair, SETITEM, SETITEMS) if self.bin else self._set_each(pairs)
        if state is None:
            return
        if set_state is None:
            yield state
            out(BUILD)
        else:
            for part in (set_state, obj, state):
                yield part
            out(TUPLE2 + REDUCE + POP)

    def _make_new(self, args, obj):
        if not args:
            raise PicklingError('__newobj__ arglist is empty')
        cls = args[0]
        if not isinstance(cls, type):
            raise PicklingError('args[0] from __newobj__ args is not a type')
        if obj.__class__ is not cls:
            raise PicklingError('args[0] from __newobj__ args has the wrong class')
        yield cls
        yield args[1:]
        self._out(NEWOBJ)

    def _make_with_keywords(self, given):
        if len(given) != 3:
            raise PicklingError(f'length of the NEWOBJ_EX argument tuple must be exactly 3, not {len(given)}')
        for place, value, wanted, article in zip(('first', 'second', 'third'), given, (type, tuple, dict), ('class', 'tuple', 'dict')):
            if not isinstance(value, wanted):
                raise PicklingError(f'{place} item from NEWOBJ_EX argument tuple must be a {article}, not {type(value).__name__}')
        cls, args, keywords = given
        if self._protocol >= 4:
            for part in given:
                yield part
            self._out(NEWOBJ_EX)
        else:
            from functools import partial
            yield partial(cls.__new__, cls, *args, **keywords)
            yield ()
            self._out(REDUCE)


def _itself(item):
    return item,


def _checked_pair(pair):
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise TypeError('dict items iterator must return 2-tuples')
    return pair


def _found(table, kind):
    """A dispatch table need be no dict."""
    try:
        return table[kind]
    except KeyError:
        return None


def _depth():
    """How many frames there are."""
    frame, count = _sys._getframe(), 0
    while frame is not None:
        frame, count = frame.f_back, count + 1
    return count


def _is_iterator(value):
    return hasattr(type(value), '__next__')


_ATOMS = {_NoneType: Pickler._save_none, bool: Pickler._save_bool, int: Pickler._save_int, float: Pickler._save_float}
_EXACT = {bytes: Pickler._save_bytes, str: Pickler._save_str, dict: Pickler._save_dict, set: Pickler._save_set,
          frozenset: Pickler._save_frozenset, list: Pickler._save_list, tuple: Pickler._save_tuple,
          bytearray: Pickler._save_bytearray, PickleBuffer: Pickler._save_buffer}


def whichmodule(obj, name):
    """The module an object says that it is from, or the first one which has it under that name."""
    module_name = getattr(obj, '__module__', None)
    if module_name is not None:
        return module_name
    path = name.split('.')
    for module_name, module in list(_sys.modules.items()):
        if module is None or module_name in ('__main__', '__mp_main__'):
            continue
        found = module
        try:
            for part in path:
                found = getattr(found, part)
        except AttributeError:
            continue
        if found is obj:
            return module_name
    return '__main__'


def encode_long(x):
    """The fewest bytes, lowest first, that hold the number with its sign; none for 0."""
    if x == 0:
        return b''
    return x.to_bytes((x if x >= 0 else ~x).bit_length() // 8 + 1, 'little', signed=True)


def decode_long(data):
    return int.from_bytes(data, 'little', signed=True)


# ── unpickling ──────────────────────────────────────────────────────────────────────────────────────────────────────

class UnpicklerMemoProxy:
    """An unpickler's memo as it is shown."""

    __slots__ = ('_unpickler',)

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, unpickler):
        self._unpickler = unpickler

    def clear(self):
        self._unpickler._memo.clear()

    def copy(self):
        return dict(self._unpickler._memo)

    def __reduce__(self):
        return dict, (self.copy(),)


class Unpickler:
    __slots__ = ('persistent_load', '_memo', '_stack', '_marks', '_fence', '_data', '_at', '_file', '_fix_imports', '_encoding',
                 '_errors', '_buffers', '_protocol', '_by_id')

    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        self._prepare(fix_imports, encoding, errors, buffers)
        if not hasattr(file, 'read') or not hasattr(file, 'readline'):
            raise TypeError("file must have 'read' and 'readline' attributes")
        self._file = file

    def _prepare(self, fix_imports, encoding, errors, buffers):
        self._memo = {}
        self._fix_imports, self._encoding, self._errors = bool(fix_imports), encoding, errors
        self._buffers = None if buffers is None else iter(buffers)
        self._file, self._data, self._at, self._protocol = None, b'', 0, 0

    @property
    def memo(self):
        return UnpicklerMemoProxy(self)

    @memo.setter
    def memo(self, value):
        if isinstance(value, UnpicklerMemoProxy):
            value = value.copy()
        elif not isinstance(value, dict):
            raise TypeError(f"'memo' attribute must be an UnpicklerMemoProxy object or dict, not {type(value).__name__}")
        for key in value:
            if not isinstance(key, int):
                raise TypeError('memo key must be integers')
            if key < 0:
                raise ValueError('memo key must be positive integers.')
        self._memo = dict(value)

    def load(self):
        if not hasattr(self, '_memo'):
            raise UnpicklingError(f'Unpickler.__init__() was not called by {type(self).__name__}.__init__()')
        self._stack, self._marks, self._fence = [], [], 0
        self._by_id = getattr(self, 'persistent_load', None)
        self._protocol = 0
        steps = _STEPS
        while True:
            if self._at < len(self._data):
                letter = self._data[self._at]
                self._at += 1
            elif self._file is not None and (read := self._file.read(1)):
                letter = read[0]
            else:
                raise EOFError('Ran out of input')
            step = steps.get(letter)
            if step is not None:
                step(self)
            elif letter == STOP[0]:
                return self._pop()
            else:
                shown = chr(letter) if 32 <= letter < 127 and letter not in b"'\\" else f'\\x{letter:02x}'
                raise UnpicklingError(f"invalid load key, '{shown}'.")

    def find_class(self, module_name, global_name, /):
        _sys.audit('pickle.find_class', module_name, global_name)
        if self._fix_imports and self._protocol < 3:
            import _compat_pickle
            new = _compat_pickle.NAME_MAPPING.get((module_name, global_name))
            module_name, global_name = new or (_compat_pickle.IMPORT_MAPPING.get(module_name, module_name), global_name)
        __import__(module_name)
        found = _sys.modules[module_name]
        path = global_name.split('.') if self._protocol >= 4 else [global_name]
        if '<locals>' in path:
            raise AttributeError(f"Can't get local attribute {global_name!r} on {found!r}")
        module = found
        for part in path:
            try:
                found = getattr(found, part)
            except AttributeError:
                raise AttributeError(f"Can't get attribute {global_name!r} on {module!r}") from None
        return found

    # Input.

    def _read(self, size):
        at, end = self._at, self._at + size
        if end <= len(self._data):
            self._at = end
            return self._data[at:end]
        rest = self._data[at:]
        if self._file is not None:
            self._data, self._at = b'', 0
            rest += self._file.read(size - len(rest))
        if len(rest) < size:
            raise UnpicklingError('pickle data was truncated')
        return rest

    def _line(self):
        end = self._data.find(b'\n', self._at) + 1
        if end:
            line, self._at = self._data[self._at:end], end
            return line
        line = self._data[self._at:]
        if self._file is not None:
            self._data, self._at = b'', 0
            line += self._file.readline()
        if not line.endswith(b'\n'):
            raise UnpicklingError('pickle data was truncated')
        return line

    def _size(self, form, what='BINBYTES'):
        size = form.unpack(self._read(form.size))[0]
        if size > _sys.maxsize:
            raise OverflowError(f"{what} exceeds system's maximum size of {_sys.maxsize} bytes")
        return size

    # The stack. A mark is a fence: what lies below cannot be reached.

    def _underflow(self):
        return UnpicklingError('unexpected MARK found' if self._marks else 'unpickling stack underflow')

    def _pop(self):
        if len(self._stack) <= self._fence:
            raise self._underflow()
        return self._stack.pop()

    def _top(self):
        if len(self._stack) <= self._fence:
            raise self._underflow()
        return self._stack[-1]

    def _need(self, count):
        if len(self._stack) - self._fence < count:
            raise self._underflow()

    def _to_mark(self):
        """Takes off what lies above the last mark."""
        if not self._marks:
            raise UnpicklingError('could not find MARK')
        at = self._marks.pop()
        self._fence = self._marks[-1] if self._marks else 0
        taken = self._stack[at:]
        del self._stack[at:]
        return taken

    def _push(self, value):
        self._stack.append(value)

    # Numbers and texts.

    def _load_int(self):
        line = self._line()
        if line in (b'00\n', b'01\n'):
            return self._push(line == b'01\n')
        try:
            self._push(int(line, 0))
        except ValueError:
            raise ValueError('could not convert string to int') from None

    def _load_long(self):
        line = self._line()
        digits = line[:-1].removesuffix(b'L')
        try:
            self._push(int(digits, 0))
        except ValueError:
            raise ValueError(f"invalid literal for int() with base 10: {str(line, 'latin1')!r}") from None

    def _load_long1(self):
        self._push(decode_long(self._read(self._read(1)[0])))

    def _load_long4(self):
        size, = _int4.unpack(self._read(4))
        if size < 0:
            raise UnpicklingError('LONG pickle has negative byte count')
        self._push(decode_long(self._read(size)))

    def _load_float(self):
        line = self._line()
        try:
            self._push(float(line[:-1]))
        except ValueError:
            raise ValueError(f"could not convert string to float: '{str(line, 'latin1')}'") from None

    def _push_string(self, raw):
        """A str of Python 2, which was bytes."""
        self._push(bytes(raw) if self._encoding == 'bytes' else str(raw, self._encoding, self._errors))

    def _load_string(self):
        text = self._line().rstrip(b'\n')
        if len(text) < 2 or text[0] != text[-1] or text[0] not in b'\'"':
            raise UnpicklingError('the STRING opcode argument must be quoted')
        import _codecs
        self._push_string(_codecs.escape_decode(text[1:-1])[0])

    def _load_binstring(self):
        self._push_string(self._read(self._size(_uint4, 'BINSTRING')))

    def _load_unicode(self):
        self._push(str(self._line()[:-1], 'raw-unicode-escape'))

    def _push_text(self, size):
        self._push(str(self._read(size), 'utf-8', 'surrogatepass'))

    def _load_bytearray(self):
        self._push(bytearray(self._read(self._size(_uint8, 'BYTEARRAY8'))))

    def _load_buffer(self):
        if self._buffers is None:
            raise UnpicklingError('pickle stream refers to out-of-band data but no *buffers* argument was given')
        for buffer in self._buffers:
            return self._push(buffer)
        raise UnpicklingError('not enough out-of-band buffers')

    def _load_readonly(self):
        with memoryview(self._top()) as view:
            if not view.readonly:
                self._stack[-1] = view.toreadonly()

    # Containers.

    def _load_tuple(self, count):
        self._need(count)
        items = tuple(self._stack[len(self._stack) - count:])
        self._stack[len(self._stack) - count:] = [items]

    def _load_dict(self):
        self._push(self._paired({}, self._to_mark(), 'DICT'))

    def _paired(self, target, items, what):
        if len(items) % 2:
            raise UnpicklingError(f'odd number of items for {what}')
        for at in range(0, len(items), 2):
            target[items[at]] = items[at + 1]
        return target

    def _extend(self, items):
        target = self._top()
        if not items:
            return
        if (extend := getattr(target, 'extend', None)) is not None:
            extend(items)
        else:
            append = target.append
            for item in items:
                append(item)

    def _load_append(self):
        self._need(2)
        self._extend([self._pop()])

    def _load_setitem(self):
        self._need(3)
        value, key = self._pop(), self._pop()
        self._top()[key] = value

    def _load_setitems(self):
        items = self._to_mark()
        self._paired(self._top(), items, 'SETITEMS')

    def _load_additems(self):
        items = self._to_mark()
        target = self._top()
        if not items:
            return
        if type(target) is set:
            target.update(items)
        else:
            add = target.add
            for item in items:
                add(item)

    # The stack itself and the memo.

    def _load_mark(self):
        self._fence = len(self._stack)
        self._marks.append(self._fence)

    def _load_pop(self):
        if self._marks and self._marks[-1] == len(self._stack):
            self._to_mark()
        else:
            self._pop()

    def _get(self, number):
        try:
            self._push(self._memo[number])
        except KeyError:
            raise UnpicklingError(f'Memo value not found at index {number}') from None

    def _put(self, number):
        top = self._top()
        if number < 0:
            raise ValueError('negative PUT argument')
        self._memo[number] = top

    def _load_put(self):
        line = self._line()
        self._top()
        self._put(int(str(line, 'latin1')))

    # Objects.

    def _load_proto(self):
        protocol = self._read(1)[0]
        if protocol > HIGHEST_PROTOCOL:
            raise ValueError(f'unsupported pickle protocol: {protocol}')
        self._protocol = protocol

    def _load_frame(self):
        size = self._size(_uint8, 'FRAME length')
        frame = self._read(size)
        if self._file is not None:
            self._data, self._at = frame + self._data[self._at:], 0
        else:
            self._at -= size

    def _load_global(self):
        names = [str(self._line()[:-1], 'utf-8') for _ in range(2)]
        self._push(self.find_class(*names))

    def _load_stack_global(self):
        self._need(2)
        name, module = self._pop(), self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError('STACK_GLOBAL requires str')
        self._push(self.find_class(module, name))

    def _extension(self, code):
        known = _copyreg._extension_cache.get(code, _NOTHING)
        if known is _NOTHING:
            if code <= 0:
                raise UnpicklingError('EXT specifies code <= 0')
            key = _copyreg._inverted_registry.get(code)
            if key is None:
                raise ValueError(f'unregistered extension code {code}')
            known = _copyreg._extension_cache[code] = self.find_class(*key)
        self._push(known)

    def _persistent(self, pid):
        if self._by_id is None:
            raise UnpicklingError('A load persistent id instruction was encountered,\nbut no persistent_load function was specified.')
        self._push(self._by_id(pid))

    def _load_persid(self):
        line = self._line()
        try:
            pid = str(line[:-1], 'ascii')
        except UnicodeDecodeError:
            raise UnpicklingError('persistent IDs in protocol 0 must be ASCII strings') from None
        self._persistent(pid)

    def _load_binpersid(self):
        if self._by_id is None:
            self._persistent(None)
        self._persistent(self._pop())

    def _instance(self, cls, args):
        """As Python 2 made objects of its old classes."""
        if args or not isinstance(cls, type) or hasattr(cls, '__getinitargs__'):
            self._push(cls(*args))
        else:
            self._push(cls.__new__(cls))

    def _load_inst(self):
        names = [str(self._line()[:-1], 'ascii') for _ in range(2)]
        args = self._to_mark()
        self._instance(self.find_class(*names), args)

    def _load_obj(self):
        items = self._to_mark()
        if not items:
            raise self._underflow()
        self._instance(items[0], items[1:])

    def _load_reduce(self):
        self._need(2)
        args, make = self._pop(), self._pop()
        if not isinstance(args, tuple):
            raise TypeError('argument list must be a tuple')
        self._push(make(*args))

    def _load_newobj(self, with_keywords):
        self._need(3 if with_keywords else 2)
        what = 'NEWOBJ_EX' if with_keywords else 'NEWOBJ'
        keywords = self._pop() if with_keywords else {}
        args, cls = self._pop(), self._pop()
        for name, value, wanted, article in (('class', cls, type, 'type'), ('args', args, tuple, 'tuple'), ('kwargs', keywords, dict, 'dict')):
            if not isinstance(value, wanted):
                raise UnpicklingError(f'{what} {name} argument must be a {article}, not {type(value).__name__}')
        self._push(cls.__new__(cls, *args, **keywords))

    def _load_build(self):
        self._need(2)
        state = self._pop()
        made = self._stack[-1]
        set_state = getattr(made, '__setstate__', _NOTHING)
        if set_state is not _NOTHING:
            set_state(state)
            return
        in_slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, in_slots = state
        if state is not None:
            if not isinstance(state, dict):
                raise UnpicklingError('state is not a dictionary')
            attributes = made.__dict__
            for key, value in state.items():
                attributes[_sys.intern(key) if type(key) is str else key] = value
        if in_slots is not None:
            if not isinstance(in_slots, dict):
                raise UnpicklingError('slot state is not a dictionary')
            for key, value in in_slots.items():
                setattr(made, key, value)


_STEPS = {
    MARK: Unpickler._load_mark, POP: Unpickler._load_pop, POP_MARK: lambda u: u._to_mark() and None,
    DUP: lambda u: u._push(u._top()), PROTO: Unpickler._load_proto, FRAME: Unpickler._load_frame,
    NONE: lambda u: u._push(None), NEWTRUE: lambda u: u._push(True), NEWFALSE: lambda u: u._push(False),
    INT: Unpickler._load_int, LONG: Unpickler._load_long, LONG1: Unpickler._load_long1, LONG4: Unpickler._load_long4,
    BININT: lambda u: u._push(_int4.unpack(u._read(4))[0]), BININT1: lambda u: u._push(u._read(1)[0]),
    BININT2: lambda u: u._push(_uint2.unpack(u._read(2))[0]),
    FLOAT: Unpickler._load_float, BINFLOAT: lambda u: u._push(_double.unpack(u._read(8))[0]),
    STRING: Unpickler._load_string, BINSTRING: Unpickler._load_binstring,
    SHORT_BINSTRING: lambda u: u._push_string(u._read(u._read(1)[0])),
    UNICODE: Unpickler._load_unicode, SHORT_BINUNICODE: lambda u: u._push_text(u._read(1)[0]),
    BINUNICODE: lambda u: u._push_text(u._size(_uint4)), BINUNICODE8: lambda u: u._push_text(u._size(_uint8, 'BINUNICODE8')),
    SHORT_BINBYTES: lambda u: u._push(u._read(u._read(1)[0])), BINBYTES: lambda u: u._push(u._read(u._size(_uint4))),
    BINBYTES8: lambda u: u._push(u._read(u._size(_uint8))), BYTEARRAY8: Unpickler._load_bytearray,
    NEXT_BUFFER: Unpickler._load_buffer, READONLY_BUFFER: Unpickler._load_readonly,
    EMPTY_TUPLE: lambda u: u._push(()), TUPLE1: lambda u: u._load_tuple(1), TUPLE2: lambda u: u._load_tuple(2),
    TUPLE3: lambda u: u._load_tuple(3), TUPLE: lambda u: u._push(tuple(u._to_mark())),
    EMPTY_LIST: lambda u: u._push([]), LIST: lambda u: u._push(u._to_mark()), APPEND: Unpickler._load_append,
    APPENDS: lambda u: u._extend(u._to_mark()), EMPTY_DICT: lambda u: u._push({}), DICT: Unpickler._load_dict,
    SETITEM: Unpickler._load_setitem, SETITEMS: Unpickler._load_setitems, EMPTY_SET: lambda u: u._push(set()),
    ADDITEMS: Unpickler._load_additems, FROZENSET: lambda u: u._push(frozenset(u._to_mark())),
    GET: lambda u: u._get(int(str(u._line(), 'latin1'))), BINGET: lambda u: u._get(u._read(1)[0]),
    LONG_BINGET: lambda u: u._get(_uint4.unpack(u._read(4))[0]), PUT: Unpickler._load_put,
    BINPUT: lambda u: u._put(u._read(1)[0]), LONG_BINPUT: lambda u: u._put(_uint4.unpack(u._read(4))[0]),
    MEMOIZE: lambda u: u._put(len(u._memo)), GLOBAL: Unpickler._load_global, STACK_GLOBAL: Unpickler._load_stack_global,
    EXT1: lambda u: u._extension(u._read(1)[0]), EXT2: lambda u: u._extension(_uint2.unpack(u._read(2))[0]),
    EXT4: lambda u: u._extension(_int4.unpack(u._read(4))[0]), PERSID: Unpickler._load_persid, BINPERSID: Unpickler._load_binpersid,
    INST: Unpickler._load_inst, OBJ: Unpickler._load_obj, REDUCE: Unpickler._load_reduce, BUILD: Unpickler._load_build,
    NEWOBJ: lambda u: u._load_newobj(False), NEWOBJ_EX: lambda u: u._load_newobj(True),
}
_STEPS = {letter[0]: step for letter, step in _STEPS.items()}


# ── shortcuts ───────────────────────────────────────────────────────────────────────────────────────────────────────

def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    Pickler(file, protocol, fix_imports, buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    pickler = Pickler.__new__(Pickler)
    pickler._prepare(protocol, fix_imports, buffer_callback)
    return pickler._program(obj, None)


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=()):
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers or None).load()


def loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=()):
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    unpickler = Unpickler.__new__(Unpickler)
    unpickler._prepare(fix_imports, encoding, errors, buffers if buffers != () else None)
    unpickler._data = bytes(data)
    return unpickler.load()


for _class in (Pickler, Unpickler, PicklerMemoProxy, UnpicklerMemoProxy):
    builtin_class(_class, f'_pickle.{_class.__name__}')
del _class
