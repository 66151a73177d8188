"""What CPython's import system has in C, as far as it makes sense where importing is native."""

import sys as _sys

check_hash_based_pycs = "default"


def acquire_lock():
    """Importing takes no lock: only one thread runs at a time."""


def release_lock():
    """The counterpart of acquire_lock."""


def lock_held():
    """Whether an import is under way."""
    return False


def extension_suffixes():
    """The endings of modules in C: there are none."""
    return []


def is_builtin(name, /):
    """1 if a module is written in Rust, -1 if it cannot be made anew."""
    if name in ("sys", "builtins", "_thread"):
        return -1
    return int(name in _sys.builtin_module_names)


def is_frozen(name, /):
    """Whether a module comes along as bytecode."""
    return False


def is_frozen_package(name, /):
    raise ImportError(f"No such frozen object named {name}", name=name)


def get_frozen_object(name, data=None, /):
    raise ImportError(f"No such frozen object named {name}", name=name)


def init_frozen(name, /):
    """Import a frozen module: there is none."""


def find_frozen(name, /, *, withdata=False):
    """What is known of a frozen module: there is none."""


def _frozen_module_names():
    return []


def _override_frozen_modules_for_tests(override, /):
    pass


def _override_multi_interp_extensions_check(override, /):
    return 0


def create_builtin(spec, /):
    """The module of a spec, which importing has made."""
    return __import__(spec.name)


def exec_builtin(mod, /):
    """A module in Rust is filled when it is made."""
    return 0


def create_dynamic(spec, file=None, /):
    raise ImportError("uncoil loads no modules in C", name=spec.name, path=spec.origin)


def exec_dynamic(mod, /):
    return 0


def source_hash(key, source):
    """The hash of a source in a .pyc file: SipHash of 1 and 3 rounds."""
    from _frozen_importlib import _source_hash
    return _source_hash(source)


def _fix_co_filename(code, path, /):
    """Loaders give code the right name from the start."""
