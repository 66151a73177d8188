"""Importing by name: what is found where is decided natively, in _frozen_importlib."""

import sys
try:
    from _frozen_importlib import _gcd_import, _reload
except ImportError:  # a test of importing itself has barred it: the library's own has to do
    _gcd_import = _reload = None

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
    global _bootstrap, _bootstrap_external, _gcd_import
    import _imp
    __path__.append(f"{sys._stdlib_dir}/importlib")
    finders = list(sys.meta_path)
    from . import _bootstrap
    _bootstrap._install(sys, _imp)
    from . import _bootstrap_external
    _bootstrap._bootstrap_external = _bootstrap_external
    _bootstrap_external._install(_bootstrap)
    sys.meta_path[:] = finders
    if _gcd_import is None:
        _gcd_import = _bootstrap._gcd_import
    else:
        _adopt()


def _adopt():
    """The library's classes of specs, loaders and finders are those of all modules from now on, and of those that are there."""
    import _frozen_importlib as inner, _frozen_importlib_external as outer
    taken = {}
    of_loader = "name", "path"
    of_spec = ("name", "loader", "origin", "loader_state", "submodule_search_locations", "_uninitialized_submodules", "_set_fileattr",
               "_cached", "_initializing")
    for home, ours, names in ((_bootstrap, inner, ("ModuleSpec", "BuiltinImporter", "FrozenImporter")),
                              (_bootstrap_external, outer, ("PathFinder", "SourceFileLoader", "SourcelessFileLoader", "NamespaceLoader"))):
        for name in names:
            cls = taken[getattr(ours, name)] = getattr(home, name)
            cls.__module__ = ours.__name__
            setattr(ours, name, cls)
        for name, value in vars(home).items():
            if not hasattr(ours, name):
                setattr(ours, name, value)
    sys.meta_path[:] = [taken.get(finder, finder) for finder in sys.meta_path]

    def anew(thing):
        if isinstance(thing, type) or type(thing) not in taken:
            return taken.get(thing, thing) if isinstance(thing, type) else thing
        copy = object.__new__(taken[type(thing)])
        for name in of_spec if hasattr(thing, "submodule_search_locations") else of_loader:
            if hasattr(thing, name):
                setattr(copy, name, getattr(thing, name))
        return copy

    for module in list(sys.modules.values()):
        spec = getattr(module, "__spec__", None)
        if type(spec) in taken:
            spec = module.__spec__ = anew(spec)
            spec.loader = anew(spec.loader)
            if hasattr(module, "__loader__"):
                module.__loader__ = spec.loader


def _alone():
    """Without one, the native modules go by the names that CPython's have, and its classes learn what is said in Python."""
    global _bootstrap, _bootstrap_external
    import _frozen_importlib as _bootstrap
    import _frozen_importlib_external as _bootstrap_external
    for module in _bootstrap, _bootstrap_external:
        module.__name__ = module.__name__.replace("_frozen_importlib", "importlib._bootstrap")
        module.__package__ = "importlib"
        sys.modules[module.__name__] = module


if sys._stdlib_dir is not None:
    _library()
else:
    _alone()
