"""The instructions of pickles, a letter each, and the sizes that writing them keeps to."""

DEFAULT_PROTOCOL = 4
HIGHEST_PROTOCOL = 5

FRAME_HEADER = 9            # bytes before a frame
FRAME_LEAST = 4             # shorter ones are not worth it
FRAME_MOST = 64 * 1024      # a longer one ends with the object that is being written
BATCH = 1000                # items put into a container at once
INT32 = 1 << 31             # numbers from here on are long

MARK, STOP, POP, POP_MARK, DUP = b'(', b'.', b'0', b'1', b'2'
FLOAT, INT, BININT, BININT1, LONG, BININT2, NONE, BINFLOAT = b'F', b'I', b'J', b'K', b'L', b'M', b'N', b'G'
PERSID, BINPERSID, REDUCE, BUILD, GLOBAL, INST, OBJ = b'P', b'Q', b'R', b'b', b'c', b'i', b'o'
STRING, BINSTRING, SHORT_BINSTRING, UNICODE, BINUNICODE = b'S', b'T', b'U', b'V', b'X'
APPEND, APPENDS, DICT, EMPTY_DICT, LIST, EMPTY_LIST = b'a', b'e', b'd', b'}', b'l', b']'
SETITEM, SETITEMS, TUPLE, EMPTY_TUPLE = b's', b'u', b't', b')'
GET, BINGET, LONG_BINGET, PUT, BINPUT, LONG_BINPUT = b'g', b'h', b'j', b'p', b'q', b'r'
TRUE, FALSE = b'I01\n', b'I00\n'    # of the first protocols: an INT that only bool writes

# Protocol 2
PROTO, NEWOBJ, EXT1, EXT2, EXT4 = b'\x80', b'\x81', b'\x82', b'\x83', b'\x84'
TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4 = b'\x85', b'\x86', b'\x87', b'\x88', b'\x89', b'\x8a', b'\x8b'
# Protocol 3
BINBYTES, SHORT_BINBYTES = b'B', b'C'
# Protocol 4
SHORT_BINUNICODE, BINUNICODE8, BINBYTES8, EMPTY_SET = b'\x8c', b'\x8d', b'\x8e', b'\x8f'
ADDITEMS, FROZENSET, NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME = b'\x90', b'\x91', b'\x92', b'\x93', b'\x94', b'\x95'
# Protocol 5
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = b'\x96', b'\x97', b'\x98'

__all__ = [name for name, value in list(globals().items()) if type(value) is bytes] + ['DEFAULT_PROTOCOL', 'HIGHEST_PROTOCOL']
