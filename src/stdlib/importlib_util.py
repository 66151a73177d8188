"""Helpers of importing: where a module would come from, and names of cache files."""

import functools
import sys
from contextlib import contextmanager
from _frozen_importlib import _find, _gcd_import
from ._loading import decode_source, module_from_spec, spec_from_file_location, spec_from_loader

MAGIC_NUMBER = b"\xa7\r\r\n"


def resolve_name(name, package):
    """The absolute name of a relative one."""
    if not name.startswith("."):
        return name
    if not package:
        raise ImportError(f"no package specified for {name!r} (required for relative module names)")
    level = len(name) - len(name.lstrip("."))
    parts = package.rsplit(".", level - 1)
    if len(parts) < level:
        raise ImportError("attempted relative import beyond top-level package")
    return f"{parts[0]}.{name[level:]}" if name[level:] else parts[0]


def find_spec(name, package=None):
    """The spec of a module, imported or not; None if there is none. Its packages are imported."""
    full = resolve_name(name, package)
    if full in sys.modules:
        module = sys.modules[full]
        if module is None:
            return None
        try:
            spec = module.__spec__
        except AttributeError:
            raise ValueError(f"{name}.__spec__ is not set") from None
        if spec is None:
            raise ValueError(f"{name}.__spec__ is None")
        return spec
    parent = full.rpartition(".")[0]
    if parent:
        package = _gcd_import(parent)
        try:
            package.__path__
        except AttributeError as error:
            raise ModuleNotFoundError(
                f"__path__ attribute not found on {parent!r} while trying to find {full!r}", name=full) from error
    found = _find(full)
    return found[0] if found else None


@contextmanager
def _being_loaded(name):
    """A module in sys.modules while a loader fills it; a new one goes again if that fails."""
    is_new = name not in sys.modules
    module = sys.modules.setdefault(name, type(sys)(name))
    module.__initializing__ = True
    try:
        yield module
    except Exception:
        if is_new:
            sys.modules.pop(name, None)
        raise
    finally:
        module.__initializing__ = False


def module_for_loader(load):
    """Decorator for an old loader's method: it is called with the module to fill instead of its name."""
    @functools.wraps(load)
    def load_by_name(self, fullname, *args, **kwargs):
        with _being_loaded(fullname) as module:
            module.__loader__ = self
            module.__package__ = fullname if self.is_package(fullname) else fullname.rpartition(".")[0]
            return load(self, module, *args, **kwargs)
    return load_by_name


def cache_from_source(path, debug_override=None, *, optimization=None):
    """Where the .pyc file of a source file lies."""
    folder, slash, name = path.rpartition("/")
    if optimization is None:
        optimization = sys.flags.optimize or ""
    ending = f".opt-{optimization}" if optimization != "" else ""
    return f"{folder}{slash}__pycache__/{name.rpartition('.')[0] or name}.cpython-311{ending}.pyc"


def source_from_cache(path):
    """Where the source of a .pyc file lies."""
    folder, _, name = path.rpartition("/")
    folder, slash, cache = folder.rpartition("/")
    if cache != "__pycache__":
        raise ValueError(f"__pycache__ not bottom-level directory in {path!r}")
    return f"{folder}{slash}{name.partition('.')[0]}.py"


def source_hash(source_bytes):
    """The hash that ties a .pyc file to its source."""
    import _imp
    return _imp.source_hash(int.from_bytes(MAGIC_NUMBER, "little"), source_bytes)


class _LazyModule(type(sys)):
    """A module that is loaded when one of its attributes is first asked for."""

    def __getattribute__(self, name):
        facts = object.__getattribute__(self, "__dict__")
        spec = facts["__spec__"]
        state = spec.loader_state
        if state is not None and state.pop("waits", False):
            before = {key: value for key, value in facts.items() if key not in state["facts"] or state["facts"][key] is not value}
            object.__setattr__(self, "__class__", state["class"])
            spec.loader.exec_module(self)
            facts.update(before)
            spec.loader_state = None
        return getattr(self, name) if type(self) is not _LazyModule else super().__getattribute__(name)

    def __delattr__(self, name):
        getattr(self, "__name__")
        delattr(self, name)


class LazyLoader:
    """A loader around another one, which does not run a module before it is used."""

    def __init__(self, loader):
        if not hasattr(loader, "exec_module"):
            raise TypeError("loader must define exec_module()")
        self.loader = loader

    @classmethod
    def factory(cls, loader):
        return lambda *args, **kwargs: cls(loader(*args, **kwargs))

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        spec = module.__spec__
        spec.loader = module.__loader__ = self.loader
        spec.loader_state = {"waits": True, "class": module.__class__, "facts": dict(module.__dict__)}
        module.__class__ = _LazyModule
