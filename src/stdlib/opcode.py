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
EXTENDED_ARG = opmap["EXTENDED_ARG"]
_nb_ops = [(None, text) for text in _operators()]
_specialized_instructions = [row[1] for row in _specialized_rows()]
_specializations = {}
for _number, _name, _kind, _caches, _base in _specialized_rows():
    _specializations.setdefault(_base, []).append(_name)
del _number, _name, _kind, _caches, _base, _by_kind
