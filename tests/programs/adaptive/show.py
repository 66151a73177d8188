"""Shows the code of a function as it runs now: forms, arguments, inline caches.

Version numbers and addresses are those of one process: they are shown as letters, in the order in which they come up.
"""

NAMES = dict(pair.split(":") for pair in """
3:BINARY_OP_ADAPTIVE 4:BINARY_OP_ADD_FLOAT 5:BINARY_OP_ADD_INT 6:BINARY_OP_ADD_UNICODE 7:BINARY_OP_INPLACE_ADD_UNICODE
8:BINARY_OP_MULTIPLY_FLOAT 13:BINARY_OP_MULTIPLY_INT 14:BINARY_OP_SUBTRACT_FLOAT 16:BINARY_OP_SUBTRACT_INT
17:BINARY_SUBSCR_ADAPTIVE 18:BINARY_SUBSCR_DICT 19:BINARY_SUBSCR_GETITEM 20:BINARY_SUBSCR_LIST_INT
21:BINARY_SUBSCR_TUPLE_INT 22:CALL_ADAPTIVE 23:CALL_PY_EXACT_ARGS 24:CALL_PY_WITH_DEFAULTS 25:BINARY_SUBSCR
26:COMPARE_OP_ADAPTIVE 27:COMPARE_OP_FLOAT_JUMP 28:COMPARE_OP_INT_JUMP 29:COMPARE_OP_STR_JUMP 34:EXTENDED_ARG_QUICK
38:JUMP_BACKWARD_QUICK 39:LOAD_ATTR_ADAPTIVE 40:LOAD_ATTR_INSTANCE_VALUE 41:LOAD_ATTR_MODULE 42:LOAD_ATTR_SLOT
43:LOAD_ATTR_WITH_HINT 44:LOAD_CONST__LOAD_FAST 45:LOAD_FAST__LOAD_CONST 46:LOAD_FAST__LOAD_FAST
47:LOAD_GLOBAL_ADAPTIVE 48:LOAD_GLOBAL_BUILTIN 55:LOAD_GLOBAL_MODULE 56:LOAD_METHOD_ADAPTIVE 57:LOAD_METHOD_CLASS
58:LOAD_METHOD_MODULE 59:LOAD_METHOD_NO_DICT 60:STORE_SUBSCR 62:LOAD_METHOD_WITH_DICT 63:LOAD_METHOD_WITH_VALUES
64:PRECALL_ADAPTIVE 65:PRECALL_BOUND_METHOD 66:PRECALL_BUILTIN_CLASS 67:PRECALL_BUILTIN_FAST_WITH_KEYWORDS
72:PRECALL_METHOD_DESCRIPTOR_FAST_WITH_KEYWORDS 73:PRECALL_NO_KW_BUILTIN_FAST 76:PRECALL_NO_KW_BUILTIN_O
77:PRECALL_NO_KW_ISINSTANCE 78:PRECALL_NO_KW_LEN 79:PRECALL_NO_KW_LIST_APPEND 80:PRECALL_NO_KW_METHOD_DESCRIPTOR_FAST
81:PRECALL_NO_KW_METHOD_DESCRIPTOR_NOARGS 92:UNPACK_SEQUENCE 95:STORE_ATTR 100:LOAD_CONST 106:LOAD_ATTR 107:COMPARE_OP
113:PRECALL_NO_KW_METHOD_DESCRIPTOR_O 116:LOAD_GLOBAL 121:PRECALL_NO_KW_STR_1 122:BINARY_OP 124:LOAD_FAST
125:STORE_FAST 127:PRECALL_NO_KW_TUPLE_1 140:JUMP_BACKWARD 141:PRECALL_NO_KW_TYPE_1 143:PRECALL_PYFUNC
150:RESUME_QUICK 151:RESUME 153:STORE_ATTR_ADAPTIVE 154:STORE_ATTR_INSTANCE_VALUE 158:STORE_ATTR_SLOT
159:STORE_ATTR_WITH_HINT 160:LOAD_METHOD 161:STORE_FAST__LOAD_FAST 166:PRECALL 167:STORE_FAST__STORE_FAST
168:STORE_SUBSCR_ADAPTIVE 169:STORE_SUBSCR_DICT 170:STORE_SUBSCR_LIST_INT 171:CALL 177:UNPACK_SEQUENCE_ADAPTIVE
178:UNPACK_SEQUENCE_LIST 179:UNPACK_SEQUENCE_TUPLE 180:UNPACK_SEQUENCE_TWO_TUPLE
""".split())
FAMILIES = "BINARY_OP BINARY_SUBSCR CALL COMPARE_OP LOAD_ATTR LOAD_GLOBAL LOAD_METHOD PRECALL STORE_ATTR STORE_SUBSCR UNPACK_SEQUENCE".split()
CACHES = {
    "LOAD_GLOBAL": (('counter', 1), ('index', 1), ('module_keys_version', 2), ('builtin_keys_version', 1)),
    "BINARY_OP": (('counter', 1),),
    "UNPACK_SEQUENCE": (('counter', 1),),
    "COMPARE_OP": (('counter', 1), ('mask', 1)),
    "BINARY_SUBSCR": (('counter', 1), ('type_version', 2), ('func_version', 1)),
    "LOAD_ATTR": (('counter', 1), ('version', 2), ('index', 1)),
    "STORE_ATTR": (('counter', 1), ('version', 2), ('index', 1)),
    "LOAD_METHOD": (('counter', 1), ('type_version', 2), ('dict_offset', 1), ('keys_version', 2), ('descr', 4)),
    "CALL": (('counter', 1), ('func_version', 2), ('min_args', 1)),
    "PRECALL": (('counter', 1),),
    "STORE_SUBSCR": (('counter', 1),),
}
OWN = ("version", "type_version", "module_keys_version", "builtin_keys_version", "keys_version", "func_version", "descr")
seen = {}


def letter(name, value):
    if value == 0:
        return "0"
    kind = {"version": "type_version", "module_keys_version": "keys_version", "builtin_keys_version": "keys_version"}.get(name, name)
    return seen.setdefault((kind, value), "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[len(seen) % 52] + str(len(seen)))


def family(name):
    for it in sorted(FAMILIES, key=len, reverse=True):
        if name == it or name.startswith(it + "_"):
            return it
    return name


def show(function, *about, only=""):
    code = getattr(function, "__code__", function)
    print("--", code.co_qualname, *about)
    raw = code._co_code_adaptive
    at = 0
    while at < len(raw):
        name = NAMES.get(str(raw[at]), str(raw[at]))
        line = "%4d %s %d" % (at, name, raw[at + 1])
        at += 2
        for field, size in CACHES.get(family(name), ()):
            value = int.from_bytes(raw[at:at + 2 * size], "little")
            line += "  %s=%s" % (field, letter(field, value) if field in OWN else value)
            at += 2 * size
        if family(name).endswith(only):
            print(line)


def warm(function, *args, n=8):
    for _ in range(n):
        function(*args)
