"""Importing by name: what is found where is decided natively, in _frozen_importlib."""

import sys
from _frozen_importlib import _gcd_import, _reload

__all__ = ["__import__", "import_module", "invalidate_caches", "reload"]

__import__ = __import__


def invalidate_caches():
    """Nothing is cached: every import looks at the folders."""


def import_module(name, package=None):
    """The module of that name, imported if need be; a relative name starts from the package."""
    level = 0
    if name.startswith("."):
        if not package:
            raise TypeError(f"the 'package' argument is required to perform a relative import for {name!r}")
        level = len(name) - len(name.lstrip("."))
    return _gcd_import(name[level:], package, level)


def reload(module):
    """Run a module's code again in its namespace; gives what sys.modules then holds."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module")
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    _reload(module)
    return sys.modules[name]


def _library():
    """With an installed library the modules in this package are its own, over its own two modules that find and load."""
    global _bootstrap, _bootstrap_external
    import _imp
    __path__.append(f"{sys._stdlib_dir}/importlib")
    from . import _bootstrap
    _bootstrap._install(sys, _imp)
    from . import _bootstrap_external
    _bootstrap._bootstrap_external = _bootstrap_external
    _bootstrap_external._install(_bootstrap)


if sys._stdlib_dir is not None:
    _library()
