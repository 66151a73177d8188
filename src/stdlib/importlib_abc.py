"""What finders and loaders of modules are asked for, as abstract classes."""

import abc

from _frozen_importlib import BuiltinImporter, FrozenImporter
from ._loading import (FileFinder, ExtensionFileLoader, PathFinder, SourceFileLoader as _SourceFileLoader,
                       SourcelessFileLoader as _SourcelessFileLoader, decode_source, module_from_spec as _module_from_spec,
                       spec_from_loader as _spec_from_loader)

__all__ = ["Loader", "MetaPathFinder", "PathEntryFinder", "ResourceLoader", "InspectLoader", "ExecutionLoader", "FileLoader",
           "SourceLoader"]


class Finder(metaclass=abc.ABCMeta):
    """A finder of the old kind."""

    @abc.abstractmethod
    def find_module(self, fullname, path=None):
        """A loader for the module, or None."""


class MetaPathFinder(metaclass=abc.ABCMeta):
    """Stands in sys.meta_path; to have a find_spec(fullname, path, target=None)."""

    def invalidate_caches(self):
        """Forget what was found before."""


class PathEntryFinder(metaclass=abc.ABCMeta):
    """Finds in one place of sys.path; to have a find_spec(fullname, target=None)."""

    def invalidate_caches(self):
        """Forget what was found before."""


class Loader(metaclass=abc.ABCMeta):
    """Loads modules; to have an exec_module(module)."""

    def create_module(self, spec):
        """A module of its own kind; None: a plain one."""

    def load_module(self, fullname):
        """Load by name, the old way."""
        import sys
        if not hasattr(self, "exec_module"):
            raise ImportError
        module = sys.modules.get(fullname)
        if module is None:
            module = sys.modules[fullname] = _module_from_spec(_spec_from_loader(fullname, self))
        self.exec_module(module)
        return module


class ResourceLoader(Loader):
    """Gives data that lies beside the module."""

    @abc.abstractmethod
    def get_data(self, path):
        raise OSError


class InspectLoader(Loader):
    """Knows the modules that it loads."""

    def is_package(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        text = self.get_source(fullname)
        return None if text is None else self.source_to_code(text)

    @abc.abstractmethod
    def get_source(self, fullname):
        raise ImportError

    @staticmethod
    def source_to_code(data, path="<string>"):
        return compile(data, path, "exec", dont_inherit=True)

    def exec_module(self, module):
        exec(self.get_code(module.__name__), module.__dict__)


class ExecutionLoader(InspectLoader):
    """Can run a module as a program."""

    @abc.abstractmethod
    def get_filename(self, fullname):
        raise ImportError

    def get_code(self, fullname):
        text = self.get_source(fullname)
        if text is None:
            return None
        try:
            path = self.get_filename(fullname)
        except ImportError:
            return self.source_to_code(text)
        return self.source_to_code(text, path)


class FileLoader(ResourceLoader, ExecutionLoader):
    """Loads from files."""

    def __init__(self, fullname, path):
        self.name, self.path = fullname, path

    def get_filename(self, fullname=None):
        return self.path

    def get_data(self, path):
        with open(path, "rb") as file:
            return file.read()


class SourceLoader(ResourceLoader, ExecutionLoader):
    """Loads from source text."""

    def path_stats(self, path):
        return {"mtime": self.path_mtime(path)}

    def path_mtime(self, path):
        raise OSError

    def set_data(self, path, data):
        """Keep data, if that can be done."""

    def is_package(self, fullname):
        name = self.get_filename(fullname).rpartition("/")[2]
        return name.rpartition(".")[0] == "__init__" and fullname.rpartition(".")[2] != "__init__"

    def get_source(self, fullname):
        try:
            data = self.get_data(self.get_filename(fullname))
        except OSError as error:
            raise ImportError("source not available through get_data()", name=fullname) from error
        return decode_source(data)

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


for _abstract, _concrete in ((MetaPathFinder, (BuiltinImporter, FrozenImporter, PathFinder)), (PathEntryFinder, (FileFinder,)),
                             (InspectLoader, (BuiltinImporter, FrozenImporter)), (FileLoader, (_SourceFileLoader, _SourcelessFileLoader)),
                             (SourceLoader, (_SourceFileLoader,)), (ExecutionLoader, (ExtensionFileLoader,))):
    for _class in _concrete:
        _abstract.register(_class)
del _abstract, _concrete, _class
