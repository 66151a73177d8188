"""The instructions by name and number, made of the machine's own table."""

from _opcode import operators as _operators, specialized as _specialized_rows, stack_effect, table as _table

__all__ = ["cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "opname", "opmap",
           "HAVE_ARGUMENT", "EXTENDED_ARG", "hasnargs", "stack_effect"]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")
HAVE_ARGUMENT = 90

opname = [f"<{number}>" for number in range(256)]
opmap = {}
hasconst, hasname, hasjrel, hasjabs, haslocal, hascompare, hasfree, hasnargs = [], [], [], [], [], [], [], []
hasarg = []
_inline_cache_entries = [0] * 256
_by_kind = {"Const": hasconst, "Name": hasname, "GlobalName": hasname, "Local": haslocal, "Free": hasfree, "JumpForward": hasjrel,
            "JumpBackward": hasjrel, "Compare": hascompare}

for _number, _name, _kind, _caches, _ in _table():
    opname[_number] = _name
    opmap[_name] = _number
    _by_kind.get(_kind, []).append(_number)
    if _number >= HAVE_ARGUMENT:
        hasarg.append(_number)
    _inline_cache_entries[_number] = _caches
# What the caches behind an instruction hold once it is specialized: name and units of each value, in order.
_cache_format = {
    "LOAD_GLOBAL": {"counter": 1, "index": 1, "module_keys_version": 2, "builtin_keys_version": 1},
    "BINARY_OP": {"counter": 1},
    "UNPACK_SEQUENCE": {"counter": 1},
    "COMPARE_OP": {"counter": 1, "mask": 1},
    "BINARY_SUBSCR": {"counter": 1, "type_version": 2, "func_version": 1},
    "STORE_SUBSCR": {"counter": 1},
    "LOAD_ATTR": {"counter": 1, "version": 2, "index": 1},
    "STORE_ATTR": {"counter": 1, "version": 2, "index": 1},
    "LOAD_METHOD": {"counter": 1, "type_version": 2, "dict_offset": 1, "keys_version": 2, "descr": 4},
    "CALL": {"counter": 1, "func_version": 2, "min_args": 1},
    "PRECALL": {"counter": 1},
}
EXTENDED_ARG = opmap["EXTENDED_ARG"]
_nb_ops = [(None, text) for text in _operators()]
_specialized_instructions = [row[1] for row in _specialized_rows()]
_specializations = {}
for _number, _name, _kind, _caches, _base in _specialized_rows():
    _specializations.setdefault(_base, []).append(_name)
del _number, _name, _kind, _caches, _base, _by_kind
