"""Finding and loading by hand: what a program does with specs and loaders, step by step.

    spec = importlib.util.spec_from_file_location("plugin", "/tmp/plugin.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

An import statement does all that natively; its loaders and finders learn these methods from here.
"""

import sys
from _frozen_importlib import BuiltinImporter, FrozenImporter, ModuleSpec, _find, _gcd_import
from _frozen_importlib_external import PathFinder, SourceFileLoader, SourcelessFileLoader
from _like_builtin import add_method

SOURCE_SUFFIXES = [".py"]
BYTECODE_SUFFIXES = [".pyc"]
DEBUG_BYTECODE_SUFFIXES = OPTIMIZED_BYTECODE_SUFFIXES = BYTECODE_SUFFIXES
EXTENSION_SUFFIXES = []

_Module = type(sys)


def decode_source(source_bytes):
    """The text of a module's bytes, with line ends as Python has them."""
    import io
    import tokenize
    encoding, _ = tokenize.detect_encoding(io.BytesIO(source_bytes).readline)
    return io.IncrementalNewlineDecoder(None, True).decode(source_bytes.decode(encoding))


# ── loaders ──

class _FileMethods:
    """Methods of both kinds of loaders of files."""

    def get_data(self, path):
        """The bytes of a file."""
        import io
        with io.open_code(str(path)) as file:
            return file.read()

    def exec_module(self, module):
        """Run the module's body in its namespace."""
        code = self.get_code(module.__name__)
        if code is None:
            raise ImportError(f"cannot load module {module.__name__!r} when get_code() returns None")
        exec(code, module.__dict__)

    def load_module(self, fullname=None):
        """The module, from sys.modules or loaded into it."""
        name = self.name if fullname is None else fullname
        if name in sys.modules:
            self.exec_module(sys.modules[name])
            return sys.modules[name]
        module = sys.modules[name] = module_from_spec(spec_from_loader(name, self))
        try:
            self.exec_module(module)
        except BaseException:
            sys.modules.pop(name, None)
            raise
        return sys.modules[name]

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name) ^ hash(self.path)


class _SourceMethods:
    def get_source(self, fullname):
        """The module's text."""
        try:
            data = self.get_data(self.get_filename(fullname))
        except OSError as error:
            raise ImportError("source not available through get_data()", name=fullname) from error
        return decode_source(data)

    def source_to_code(self, data, path, *, _optimize=-1):
        """Compiles the bytes of a module."""
        return compile(data, path, "exec", dont_inherit=True, optimize=_optimize)

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)

    def path_stats(self, path):
        import posix
        facts = posix.stat(path)
        return {"mtime": facts.st_mtime, "size": facts.st_size}

    def path_mtime(self, path):
        return int(self.path_stats(path)["mtime"])

    def set_data(self, path, data, *, _mode=0o666):
        """Writes a file; it does not matter if that cannot be."""
        try:
            with open(path, "wb") as file:
                file.write(data)
        except OSError:
            pass


class _SourcelessMethods:
    def get_source(self, fullname):
        """There is none."""

    def get_code(self, fullname):
        import marshal
        return marshal.loads(self.get_data(self.get_filename(fullname))[16:])


class _FinderMethods:
    """Of the finders, which are classes: nobody makes instances of them."""

    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        found = _find(fullname)
        if found is None or found[0].loader is not None and _kind(found[0].loader) is not cls:
            return None
        return found[0]

    @staticmethod
    def invalidate_caches():
        """Nothing is cached."""


def _kind(loader):
    """The finder that gives such loaders."""
    if loader in (BuiltinImporter, FrozenImporter):
        return loader
    return type(loader) if isinstance(loader, (BuiltinImporter, FrozenImporter)) else PathFinder


for _class, _groups in ((SourceFileLoader, (_FileMethods, _SourceMethods)), (SourcelessFileLoader, (_FileMethods, _SourcelessMethods)),
                        (BuiltinImporter, (_FinderMethods,)), (FrozenImporter, (_FinderMethods,)), (PathFinder, (_FinderMethods,))):
    for _group in _groups:
        for _name, _method in vars(_group).items():
            if callable(_method) or isinstance(_method, (classmethod, staticmethod)):
                add_method(_class, _name, _method)
del _class, _groups, _group, _name, _method


class ExtensionFileLoader:
    """Of modules in C, of which uncoil loads none."""

    def __init__(self, name, path):
        self.name, self.path = name, path

    def create_module(self, spec):
        raise ImportError("uncoil loads no modules written in C", name=self.name, path=self.path)

    def exec_module(self, module):
        raise ImportError("uncoil loads no modules written in C", name=self.name, path=self.path)

    def get_filename(self, fullname):
        return self.path


class FileFinder:
    """Finds the modules of one folder: `FileFinder("/lib", (SourceFileLoader, [".py"]))`."""

    def __init__(self, path, *loader_details):
        self.path = path or "."
        self._loaders = [(ending, loader) for loader, endings in loader_details for ending in endings]

    def __repr__(self):
        return f"FileFinder({self.path!r})"

    def invalidate_caches(self):
        """Nothing is cached."""

    def find_spec(self, fullname, target=None):
        from posixpath import isdir, isfile
        base = f"{self.path}/{fullname.rpartition('.')[2]}"
        if isdir(base):
            for ending, loader in self._loaders:
                if isfile(file := f"{base}/__init__{ending}"):
                    return spec_from_file_location(fullname, file, loader=loader(fullname, file), submodule_search_locations=[base])
        for ending, loader in self._loaders:
            if isfile(base + ending):
                return spec_from_file_location(fullname, base + ending, loader=loader(fullname, base + ending))
        if isdir(base):
            spec = ModuleSpec(fullname, None)
            spec.submodule_search_locations = [base]
            return spec
        return None

    @classmethod
    def path_hook(cls, *loader_details):
        """What sys.path_hooks holds: a finder for a path, if it is a folder."""
        def path_hook_for_FileFinder(path):
            from posixpath import isdir
            if not isdir(path):
                raise ImportError("only directories are supported", path=path)
            return cls(path, *loader_details)
        return path_hook_for_FileFinder


# ── specs ──

_unset = object()


def spec_from_loader(name, loader, *, origin=None, is_package=None):
    """The spec of a module that a loader loads."""
    if hasattr(loader, "get_filename"):
        places = None if is_package is None else [] if is_package else None
        if is_package is None:
            return spec_from_file_location(name, loader=loader)
        return spec_from_file_location(name, loader=loader, submodule_search_locations=places)
    if is_package is None and hasattr(loader, "is_package"):
        try:
            is_package = loader.is_package(name)
        except ImportError:
            is_package = None
    return ModuleSpec(name, loader, origin=origin, is_package=bool(is_package))


def spec_from_file_location(name, location=None, *, loader=None, submodule_search_locations=_unset):
    """The spec of a module in a file; None if no loader knows what to do with it."""
    if location is None:
        location = "<unknown>"
        if hasattr(loader, "get_filename"):
            try:
                location = loader.get_filename(name)
            except ImportError:
                pass
    else:
        import os
        location = os.path.abspath(os.fspath(location))
    if loader is None:
        for kind, endings in ((SourceFileLoader, SOURCE_SUFFIXES), (SourcelessFileLoader, BYTECODE_SUFFIXES)):
            if location.endswith(tuple(endings)):
                loader = kind(name, location)
                break
        else:
            return None
    spec = ModuleSpec(name, loader, origin=location)
    spec._set_fileattr = True
    if submodule_search_locations is _unset:
        try:
            is_package = loader.is_package(name)
        except (AttributeError, ImportError):
            is_package = False
        submodule_search_locations = [] if is_package else None
    spec.submodule_search_locations = submodule_search_locations
    if submodule_search_locations == []:
        spec.submodule_search_locations.append(location.rpartition("/")[0])
    if location.endswith(".py"):
        from .util import cache_from_source
        spec._cached = cache_from_source(location)
    return spec


def module_from_spec(spec):
    """A new module with the attributes that its spec tells, not yet run."""
    module = None
    if hasattr(spec.loader, "create_module"):
        module = spec.loader.create_module(spec)
    elif hasattr(spec.loader, "exec_module"):
        raise ImportError("loaders that define exec_module() must also define create_module()")
    if module is None:
        module = _Module(spec.name)
    facts = {"__name__": spec.name, "__loader__": spec.loader, "__package__": spec.parent, "__spec__": spec}
    if spec.submodule_search_locations is not None:
        facts["__path__"] = spec.submodule_search_locations
    if spec.has_location:
        facts["__file__"] = spec.origin
        if spec.cached is not None:
            facts["__cached__"] = spec.cached
    for name, value in facts.items():
        try:
            setattr(module, name, value)
        except AttributeError:
            pass
    return module
