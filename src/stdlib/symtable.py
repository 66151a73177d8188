"""What the compiler knows of the names of each block.

    table = symtable.symtable("def f(x): return y", "f.py", "exec")
    f = table.lookup("f").get_namespace()
    f.lookup("y").is_global()       True
"""

import _symtable
from _symtable import (CELL, DEF_ANNOT, DEF_BOUND, DEF_GLOBAL, DEF_IMPORT, DEF_LOCAL, DEF_NONLOCAL, DEF_PARAM, FREE, GLOBAL_EXPLICIT,
                       GLOBAL_IMPLICIT, LOCAL, SCOPE_MASK, SCOPE_OFF, USE)

__all__ = ["symtable", "SymbolTable", "Class", "Function", "Symbol"]


def symtable(code, filename, compile_type):
    """The table of a module's text."""
    return _made(_symtable.symtable(code, filename, compile_type), filename)


def _made(entry, filename):
    kind = Class if entry.type == 1 else Function if entry.type == 0 else SymbolTable
    return kind(entry, filename)


class SymbolTable:
    """The names of a block."""

    def __init__(self, raw_table, filename):
        self._table, self._filename = raw_table, filename
        self._symbols = {}

    def __repr__(self):
        kind = "" if type(self) is SymbolTable else f"{type(self).__name__} "
        name = self._table.name
        if name == "top":
            return f"<{kind}SymbolTable for module {self._filename}>" if kind == "" else f"<{kind}SymbolTable for {name} in {self._filename}>"
        return f"<{kind}SymbolTable for {name} in {self._filename}>"

    def get_type(self):
        return ("function", "class", "module")[self._table.type]

    def get_id(self):
        return self._table.id

    def get_name(self):
        return self._table.name

    def get_lineno(self):
        return self._table.lineno

    def is_optimized(self):
        return self._table.type == 0

    def is_nested(self):
        return bool(self._table.nested)

    def has_children(self):
        return bool(self._table.children)

    def get_identifiers(self):
        return self._table.symbols.keys()

    def lookup(self, name):
        """What is known of a name; a KeyError if it is not in the block."""
        if name not in self._symbols:
            flags = self._table.symbols[name]
            inner = [_made(child, self._filename) for child in self._table.children if child.name == name]
            self._symbols[name] = Symbol(name, flags, inner, module_scope=self._table.name == "top")
        return self._symbols[name]

    def get_symbols(self):
        return [self.lookup(name) for name in self.get_identifiers()]

    def get_children(self):
        return [_made(child, self._filename) for child in self._table.children]


def _scope_of(flags):
    return flags >> SCOPE_OFF & SCOPE_MASK


class Function(SymbolTable):
    """The names of a function."""

    def _names(self, test):
        return tuple(name for name, flags in self._table.symbols.items() if test(flags))

    def get_parameters(self):
        return self._names(lambda flags: flags & DEF_PARAM)

    def get_locals(self):
        return self._names(lambda flags: _scope_of(flags) in (LOCAL, CELL))

    def get_globals(self):
        return self._names(lambda flags: _scope_of(flags) in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT))

    def get_nonlocals(self):
        return self._names(lambda flags: flags & DEF_NONLOCAL)

    def get_frees(self):
        return self._names(lambda flags: _scope_of(flags) == FREE)


class Class(SymbolTable):
    """The names of a class body."""

    def get_methods(self):
        return tuple(dict.fromkeys(child.name for child in self._table.children))


class Symbol:
    """A name in a block."""

    def __init__(self, name, flags, namespaces=None, *, module_scope=False):
        self._name, self._flags = name, flags
        self._scope = _scope_of(flags)
        self._namespaces = namespaces or ()
        self._module_scope = module_scope

    def __repr__(self):
        return f"<symbol {self._name!r}>"

    def get_name(self):
        return self._name

    def is_referenced(self):
        return bool(self._flags & USE)

    def is_parameter(self):
        return bool(self._flags & DEF_PARAM)

    def is_global(self):
        return self._scope in (GLOBAL_IMPLICIT, GLOBAL_EXPLICIT) or self._module_scope and bool(self._flags & DEF_BOUND)

    def is_nonlocal(self):
        return bool(self._flags & DEF_NONLOCAL)

    def is_declared_global(self):
        return self._scope == GLOBAL_EXPLICIT

    def is_local(self):
        return self._scope in (LOCAL, CELL) or self._module_scope and bool(self._flags & DEF_BOUND)

    def is_annotated(self):
        return bool(self._flags & DEF_ANNOT)

    def is_free(self):
        return self._scope == FREE

    def is_imported(self):
        return bool(self._flags & DEF_IMPORT)

    def is_assigned(self):
        return bool(self._flags & DEF_LOCAL)

    def is_namespace(self):
        """Does it name a function or class?"""
        return bool(self._namespaces)

    def get_namespaces(self):
        return self._namespaces

    def get_namespace(self):
        """The block that it names, if it is one only."""
        if not self._namespaces:
            raise ValueError("name is not bound to any namespaces")
        if len(self._namespaces) > 1:
            raise ValueError("name is bound to multiple namespaces")
        return self._namespaces[0]
