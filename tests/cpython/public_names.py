"""Tells of each module which public names it has, one line a module: `json: JSONDecodeError JSONDecoder JSONDecoder.decode …`.

    python3.11 public_names.py json re      what CPython has; tests/cpython/names --record keeps it in public_names.txt
    uncoil run public_names.py              which names of public_names.txt are not here

Public is what `__all__` lists, or else what has no underscore and comes from nowhere else; of the classes among them, what they have
besides what they inherit, without an underscore.
"""

import importlib
import sys


def public(module):
    """The names of a module that its users are meant to use."""
    for name in sorted(set(getattr(module, "__all__", None) or own(module))):
        yield name
        value = getattr(module, name)
        if isinstance(value, type) and not issubclass(value, BaseException):
            inherited = set().union(*(dir(base) for base in value.__bases__))
            yield from (f"{name}.{each}" for each in dir(value) if not each.startswith("_") and each not in inherited)


def own(module):
    homes = (None, "builtins", module.__name__, "_" + module.__name__)
    for name, value in vars(module).items():
        if not name.startswith("_") and not isinstance(value, type(sys)) and getattr(value, "__module__", None) in homes:
            yield name


def lacking(module, names):
    """Those that are not there; of a class that is not there, its name alone."""
    for name in names:
        owner, _, attribute = name.rpartition(".")
        if not owner and not hasattr(module, name) or owner and not hasattr(getattr(module, owner, sys), attribute) and hasattr(module, owner):
            yield name


def main():
    for name in sys.argv[1:]:
        print(f"{name}:", *public(importlib.import_module(name)))
    if sys.argv[1:]:
        return
    with open(f"{sys.path[0]}/public_names.txt", encoding="utf-8") as file:
        for line in file:
            name, _, names = line.partition(": ")
            print(f"{name}:", *lacking(importlib.import_module(name), names.split()))


main()
