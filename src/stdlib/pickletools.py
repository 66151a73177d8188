"""Pickles as programs: `dis` lists one, `optimize` leaves out what it never refers to, `genops` gives its instructions."""

import _pickle
import _pickle_opcodes
import io
import sys
from _struct import Struct

__all__ = ['dis', 'genops', 'optimize']


# ── arguments ───────────────────────────────────────────────────────────────────────────────────────────────────────

UP_TO_NEWLINE = -1
TAKEN_FROM_ARGUMENT1 = -2       # a size of one byte stands before
TAKEN_FROM_ARGUMENT4 = -3       # of four, with a sign
TAKEN_FROM_ARGUMENT4U = -4
TAKEN_FROM_ARGUMENT8U = -5


class ArgumentDescriptor:
    """What follows an instruction: its name, its size (or how that is told) and how it is read from a file."""

    __slots__ = ('name', 'n', 'reader', 'doc')

    def __init__(self, name, n, reader, doc):
        self.name, self.n, self.reader, self.doc = name, n, reader, doc


def _taken(file, size, what):
    data = file.read(size)
    if len(data) < size:
        raise ValueError(what if what else f'expected {size} bytes in a {what} remain')
    return data


def _number(name, form, doc):
    form = Struct(form)

    def read(file):
        return form.unpack(_taken(file, form.size, f'not enough data in stream to read {name}'))[0]
    return ArgumentDescriptor(name, form.size, read, doc)


def _counted(name, size_of, how, convert, doc):
    def read(file):
        size = size_of.reader(file)
        if size < 0:
            raise ValueError(f'{name} byte count < 0: {size}')
        if size > sys.maxsize:
            raise ValueError(f'{name} byte count > sys.maxsize: {size}')
        data = file.read(size)
        if len(data) < size:
            raise ValueError(f'expected {size} bytes in a {name}, but only {len(data)} remain')
        return convert(data)
    return ArgumentDescriptor(name, how, read, doc)


def _line_of(file, what):
    line = file.readline()
    if not line.endswith(b'\n'):
        raise ValueError(f'no newline found when trying to read {what}')
    return line[:-1]


def _line(name, convert, doc):
    return ArgumentDescriptor(name, UP_TO_NEWLINE, lambda file: convert(_line_of(file, name)), doc)


def _unquoted(data):
    import codecs
    if len(data) < 2 or data[:1] != data[-1:] or data[:1] not in (b'"', b"'"):
        raise ValueError(f'no string quotes around {data!r}')
    return codecs.escape_decode(data[1:-1])[0].decode('ascii')


def _short(data):
    return {b'00': False, b'01': True}.get(data) if data in (b'00', b'01') else int(data)


def _text(data):
    return str(data, 'utf-8', 'surrogatepass')


uint1 = _number('uint1', 'B', 'a byte')
uint2 = _number('uint2', '<H', 'two bytes, the lower first')
int4 = _number('int4', '<i', 'four bytes with a sign')
uint4 = _number('uint4', '<I', 'four bytes')
uint8 = _number('uint8', '<Q', 'eight bytes')
float8 = _number('float8', '>d', 'eight bytes of a double, the highest first')
stringnl = _line('stringnl', _unquoted, 'a quoted string to the end of the line')
stringnl_noescape = _line('stringnl_noescape', lambda data: data.decode('ascii'), 'the rest of the line')
stringnl_noescape_pair = ArgumentDescriptor(
    'stringnl_noescape_pair', UP_TO_NEWLINE,
    lambda file: ' '.join(_line_of(file, 'stringnl_noescape_pair').decode('ascii') for _ in range(2)), 'two lines')
unicodestringnl = _line('unicodestringnl', lambda data: str(data, 'raw-unicode-escape'), 'the rest of the line, with \\u escapes')
decimalnl_short = _line('decimalnl_short', _short, 'digits to the end of the line; 00 and 01 are False and True')
decimalnl_long = _line('decimalnl_long', lambda data: int(data.removesuffix(b'L')), 'digits, and perhaps an L, to the end of the line')
floatnl = _line('floatnl', float, 'a float as text')
string1 = _counted('string1', uint1, TAKEN_FROM_ARGUMENT1, lambda data: data.decode('latin-1'), 'a counted string')
string4 = _counted('string4', int4, TAKEN_FROM_ARGUMENT4, lambda data: data.decode('latin-1'), 'a counted string')
bytes1 = _counted('bytes1', uint1, TAKEN_FROM_ARGUMENT1, bytes, 'counted bytes')
bytes4 = _counted('bytes4', uint4, TAKEN_FROM_ARGUMENT4U, bytes, 'counted bytes')
bytes8 = _counted('bytes8', uint8, TAKEN_FROM_ARGUMENT8U, bytes, 'counted bytes')
bytearray8 = _counted('bytearray8', uint8, TAKEN_FROM_ARGUMENT8U, bytearray, 'counted bytes for a bytearray')
unicodestring1 = _counted('unicodestring1', uint1, TAKEN_FROM_ARGUMENT1, _text, 'counted UTF-8')
unicodestring4 = _counted('unicodestring4', uint4, TAKEN_FROM_ARGUMENT4U, _text, 'counted UTF-8')
unicodestring8 = _counted('unicodestring8', uint8, TAKEN_FROM_ARGUMENT8U, _text, 'counted UTF-8')
long1 = _counted('long1', uint1, TAKEN_FROM_ARGUMENT1, _pickle.decode_long, 'a counted number')
long4 = _counted('long4', int4, TAKEN_FROM_ARGUMENT4, _pickle.decode_long, 'a counted number')


# ── the stack ───────────────────────────────────────────────────────────────────────────────────────────────────────

class StackObject:
    """What an instruction finds on the stack or leaves there."""

    __slots__ = ('name', 'obtype', 'doc')

    def __init__(self, name, obtype, doc):
        self.name, self.obtype, self.doc = name, obtype, doc

    def __repr__(self):
        return self.name


pyint = StackObject('int', int, 'an int that fits into a short form')
pylong = pyint
pyinteger_or_bool = StackObject('int_or_bool', (int, bool), 'an int or a bool')
pybool = StackObject('bool', bool, 'True or False')
pyfloat = StackObject('float', float, 'a float')
pybytes_or_str = pystring = StackObject('bytes_or_str', (bytes, str), 'a str of Python 2')
pybytes = StackObject('bytes', bytes, 'bytes')
pybytearray = StackObject('bytearray', bytearray, 'a bytearray')
pyunicode = StackObject('str', str, 'a str')
pynone = StackObject('None', type(None), 'None')
pytuple = StackObject('tuple', tuple, 'a tuple')
pylist = StackObject('list', list, 'a list')
pydict = StackObject('dict', dict, 'a dict')
pyset = StackObject('set', set, 'a set')
pyfrozenset = StackObject('frozenset', set, 'a frozenset')
pybuffer = StackObject('buffer', object, 'an object with a buffer')
anyobject = StackObject('any', object, 'anything')
markobject = StackObject('mark', StackObject, 'a mark')
stackslice = StackObject('stackslice', StackObject, 'all that lies above the last mark')


# ── instructions ────────────────────────────────────────────────────────────────────────────────────────────────────

class OpcodeInfo:
    """An instruction: name, letter (a str), argument, what it takes from the stack and leaves there, first protocol."""

    __slots__ = ('name', 'code', 'arg', 'stack_before', 'stack_after', 'proto', 'doc')

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        self.name, self.code, self.arg, self.stack_before, self.stack_after = name, code, arg, stack_before, stack_after
        self.proto, self.doc = proto, doc


_OBJECTS = {object.name: object for object in (pyint, pyinteger_or_bool, pybool, pyfloat, pystring, pybytes, pybytearray, pyunicode,
                                               pynone, pytuple, pylist, pydict, pyset, pyfrozenset, pybuffer, anyobject, markobject)}
_OBJECTS['slice'] = stackslice

# Name, protocol, argument, what it takes → what it leaves, what it does.
_TABLE = '''
INT               0 decimalnl_short   → int_or_bool  push a number, or a bool
BININT            1 int4              → int  push a number of four bytes
BININT1           1 uint1             → int  push a number of one byte
BININT2           1 uint2             → int  push a number of two bytes
LONG              0 decimalnl_long    → int  push a number of any size
LONG1             2 long1             → int  push a number with its size in a byte
LONG4             2 long4             → int  push a number with its size in four bytes
STRING            0 stringnl          → bytes_or_str  push a str of Python 2
BINSTRING         1 string4           → bytes_or_str  push a str of Python 2
SHORT_BINSTRING   1 string1           → bytes_or_str  push a str of Python 2
BINBYTES          3 bytes4            → bytes  push bytes
SHORT_BINBYTES    3 bytes1            → bytes  push fewer than 256 bytes
BINBYTES8         4 bytes8            → bytes  push very many bytes
BYTEARRAY8        5 bytearray8        → bytearray  push a bytearray
NEXT_BUFFER       5 -                 → buffer  push the next of the buffers that came beside
READONLY_BUFFER   5 -                 buffer → buffer  make a buffer one that cannot be changed
NONE              0 -                 → None  push None
NEWTRUE           2 -                 → bool  push True
NEWFALSE          2 -                 → bool  push False
UNICODE           0 unicodestringnl   → str  push a str
SHORT_BINUNICODE  4 unicodestring1    → str  push a str of fewer than 256 bytes
BINUNICODE        1 unicodestring4    → str  push a str
BINUNICODE8       4 unicodestring8    → str  push a very long str
FLOAT             0 floatnl           → float  push a float
BINFLOAT          1 float8            → float  push a float
EMPTY_LIST        1 -                 → list  push a new list
APPEND            0 -                 list any → list  append an item
APPENDS           1 -                 list mark slice → list  append the items above the mark
LIST              0 -                 mark slice → list  make a list of what lies above the mark
EMPTY_TUPLE       1 -                 → tuple  push ()
TUPLE             0 -                 mark slice → tuple  make a tuple of what lies above the mark
TUPLE1            2 -                 any → tuple  make a tuple of one item
TUPLE2            2 -                 any any → tuple  make a tuple of two items
TUPLE3            2 -                 any any any → tuple  make a tuple of three items
EMPTY_DICT        1 -                 → dict  push a new dict
DICT              0 -                 mark slice → dict  make a dict of keys and values above the mark
SETITEM           0 -                 dict any any → dict  set an item
SETITEMS          1 -                 dict mark slice → dict  set the items above the mark
EMPTY_SET         4 -                 → set  push a new set
ADDITEMS          4 -                 set mark slice → set  add the items above the mark
FROZENSET         4 -                 mark slice → frozenset  make a frozenset of what lies above the mark
POP               0 -                 any →  drop the top
DUP               0 -                 any → any any  push the top again
MARK              0 -                 → mark  push a mark
POP_MARK          1 -                 mark slice →  drop everything to the mark
GET               0 decimalnl_short   → any  push an object of the memo
BINGET            1 uint1             → any  push an object of the memo
LONG_BINGET       1 uint4             → any  push an object of the memo
PUT               0 decimalnl_short   →  put the top into the memo
BINPUT            1 uint1             →  put the top into the memo
LONG_BINPUT       1 uint4             →  put the top into the memo
MEMOIZE           4 -                 any → any  put the top into the memo, under the next number
EXT1              2 uint1             → any  push what is registered under a code
EXT2              2 uint2             → any  push what is registered under a code
EXT4              2 int4              → any  push what is registered under a code
GLOBAL            0 stringnl_noescape_pair → any  push a global of a module
STACK_GLOBAL      4 -                 str str → any  push a global of a module
REDUCE            0 -                 any any → any  call with arguments
BUILD             0 -                 any any → any  set an object's state
INST              0 stringnl_noescape_pair mark slice → any  make an object of a class
OBJ               1 -                 mark any slice → any  make an object of a class
NEWOBJ            2 -                 any any → any  make an object by its class's __new__
NEWOBJ_EX         4 -                 any any any → any  the same with keyword arguments
PROTO             2 uint1             →  tell the protocol
STOP              0 -                 any →  the end
FRAME             4 uint8             →  so many bytes belong together
PERSID            0 stringnl_noescape → any  push the object of an id
BINPERSID         1 -                 any → any  push the object of an id
'''


def _opcode(row):
    name, protocol, arg, rest = row.split(None, 3)
    before, _, after = rest.partition('→')
    after, _, doc = after.partition('  ')
    code = getattr(_pickle_opcodes, name).decode('latin-1')
    stacks = [[_OBJECTS[word] for word in side.split()] for side in (before, after)]
    return OpcodeInfo(name, code, None if arg == '-' else globals()[arg], *stacks, int(protocol), doc.strip().capitalize() + '.')


opcodes = [_opcode(row) for row in _TABLE.strip().split('\n')]
code2op = {info.code: info for info in opcodes}


def _steps(data):
    """Each instruction with its argument, where it begins and where it ends."""
    if isinstance(data, (bytes, bytearray)):
        data = io.BytesIO(data)
    tell = getattr(data, 'tell', lambda: None)
    while True:
        at = tell()
        letter = data.read(1)
        info = code2op.get(letter.decode('latin-1'))
        if info is None:
            if not letter:
                raise ValueError('pickle exhausted before seeing STOP')
            raise ValueError(f"at position {'<unknown>' if at is None else at}, opcode {letter!r} unknown")
        arg = None if info.arg is None else info.arg.reader(data)
        yield info, arg, at, tell()
        if info.name == 'STOP':
            return


def genops(pickle):
    """The instructions of a pickle (bytes or a file): `(opcode, argument, position)` each."""
    for info, arg, at, _ in _steps(pickle):
        yield info, arg, at


def optimize(p):
    """The same pickle without putting into the memo what is never taken from it."""
    numbers, wanted, kept = 0, set(), []
    protocol = 0
    for info, arg, at, end in _steps(p):
        if info.name in ('PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'):
            kept.append(('put', numbers if info.name == 'MEMOIZE' else arg))
            numbers += 1
        elif info.name in ('GET', 'BINGET', 'LONG_BINGET'):
            wanted.add(arg)
            kept.append(('get', arg))
        elif info.name == 'PROTO':
            protocol = max(protocol, arg)
        elif info.name != 'FRAME':
            protocol = max(protocol, info.proto)
            kept.append((info, bytes(p[at:end])))
    file = io.BytesIO()
    pickler = _pickle.Pickler(file, protocol)
    out = pickler._out = _pickle._Output(file.write, protocol >= 4)
    if protocol >= 2:
        out.done.append(_pickle_opcodes.PROTO + bytes((protocol,)))
    memo = {}
    for what, value in kept:
        if what == 'put':
            if value in wanted:
                memo[value] = stand_in = object()
                pickler._remember(stand_in)
        elif what == 'get':
            pickler._refer(memo[value])
        else:
            out.boundary()
            out.large(value, b'') if len(value) < _pickle_opcodes.FRAME_MOST else out.large(b'', value)
    out.close_frame()
    out.flush()
    return file.getvalue()


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Lists the instructions of a pickle. ValueError: it is none that could be run."""
    stack, marks = [], []
    memo = {} if memo is None else memo
    highest, column = -1, annotate
    problem = None
    for info, arg, at in genops(pickle):
        if at is not None:
            print('%5d:' % at, end=' ', file=out)
        line = f"{repr(info.code)[1:-1]:<4} {' ' * indentlevel * len(marks)}{info.name}"
        highest = max(highest, info.proto)
        takes, note = info.stack_before, None
        count = len(takes)
        if info.name == 'POP' and stack and stack[-1] is markobject:
            takes = [markobject]
        if markobject in takes:
            count = takes.index(markobject)
            if markobject in stack:
                place = marks.pop()
                note = f"(MARK at {'unknown opcode offset' if place is None else place})"
                while stack.pop() is not markobject:
                    pass
            else:
                problem = note = 'no MARK exists on stack'
        gives = info.stack_after
        if info.name in ('PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'):
            number = arg
            if info.name == 'MEMOIZE':
                number = len(memo)
                note = f'(as {number})'
            if number in memo:
                problem = f'memo key {arg!r} already defined'
            elif not stack:
                problem = "stack is empty -- can't store into memo"
            elif stack[-1] is markobject:
                problem = "can't store markobject in the memo"
            else:
                memo[number] = stack[-1]
        elif info.name in ('GET', 'BINGET', 'LONG_BINGET'):
            if arg in memo:
                gives = [memo[arg]]
            else:
                problem = f'memo key {arg!r} has never been stored into'
        if arg is not None or note:
            line += ' ' * (10 - len(info.name))
            if arg is not None:
                line += f' {arg!r}'
            if note:
                line += f' {note}'
        if annotate:
            line = line.ljust(column)
            column = len(line)
            if column > 50:
                column = annotate
            line += ' ' + info.doc
        print(line, file=out)
        if problem:
            raise ValueError(problem)
        if len(stack) < count:
            raise ValueError(f'tries to pop {count} items from stack with only {len(stack)} items')
        if count:
            del stack[-count:]
        if markobject in gives:
            marks.append(at)
        stack += gives
    print('highest protocol among opcodes =', highest, file=out)
    if stack:
        raise ValueError(f'stack not empty after STOP: {stack!r}')


if __name__ == '__main__':
    import argparse
    parser = argparse.ArgumentParser(description='disassemble one or more pickle files')
    parser.add_argument('pickle_file', type=argparse.FileType('br'), nargs='*', help='the pickle file')
    for option in parser.parse_args().pickle_file:
        dis(option)
