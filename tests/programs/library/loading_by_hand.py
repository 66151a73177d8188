# Specs and loaders, step by step; what posix says of processes and folders.
import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'plugin.py')
    with open(path, 'w') as file:
        file.write('"""A plugin."""\nvalue = 42\ndef f():\n    return __name__, __file__ is not None\n')
    spec = importlib.util.spec_from_file_location('plugin', path)
    print(spec.name, spec.origin == path, spec.has_location, spec.parent, spec.submodule_search_locations, type(spec.loader).__name__)
    print(os.path.basename(spec.cached))
    module = importlib.util.module_from_spec(spec)
    print(module.__name__, module.__spec__ is spec, module.__loader__ is spec.loader, hasattr(module, 'value'), 'plugin' in sys.modules)
    spec.loader.exec_module(module)
    print(module.value, module.f(), module.__doc__)
    print(spec.loader.get_source('plugin').splitlines()[1], spec.loader.get_filename('plugin') == path, spec.loader.is_package('plugin'))
    print(spec.loader.get_code('plugin').co_names, spec.loader.get_data(path)[:3])
    print(isinstance(spec.loader, importlib.abc.SourceLoader), isinstance(spec.loader, importlib.abc.Loader))
    package = os.path.join(folder, 'package')
    os.mkdir(package)
    with open(os.path.join(package, '__init__.py'), 'w') as file:
        file.write('inner = 1\n')
    os.mkdir(os.path.join(folder, 'plain'))
    finder = importlib.machinery.FileFinder(folder, (importlib.machinery.SourceFileLoader, ['.py']))
    for name in ('plugin', 'package', 'plain', 'nothing'):
        spec = finder.find_spec(name)
        print(name, spec and (spec.name, type(spec.loader).__name__, spec.submodule_search_locations is not None))
    hook = importlib.machinery.FileFinder.path_hook((importlib.machinery.SourceFileLoader, ['.py']))
    print(hook(folder).find_spec('package.x'))
    try:
        hook(path)
    except ImportError as error:
        print(error)
    print(importlib.util.spec_from_file_location('x', os.path.join(folder, 'x.txt')))
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    print([(entry.name, entry.is_dir(), entry.is_file(), entry.is_symlink()) for entry in entries])
    print(entries[0], type(entries[0]).__module__, entries[0].stat().st_ino == entries[0].inode())
    lazy = importlib.util.LazyLoader(importlib.machinery.SourceFileLoader('late', path))
    spec = importlib.util.spec_from_loader('late', lazy)
    late = importlib.util.module_from_spec(spec)
    lazy.exec_module(late)
    print(object.__getattribute__(late, '__dict__').get('value'), late.value, type(late).__name__)


class Words(importlib.abc.InspectLoader):
    def __init__(self, text):
        self.text = text

    def get_source(self, fullname):
        return self.text


spec = importlib.util.spec_from_loader('words', Words('answer = 6 * 7'))
print(spec.name, spec.origin, spec.has_location)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.answer)


class Finder(importlib.abc.MetaPathFinder):
    pass


try:
    importlib.abc.ResourceLoader()
except TypeError as error:
    print(error)
print(importlib.util.decode_source(b'# coding: latin-1\r\nx = "\xe9"\r\n'))
print(importlib.util.source_hash(b'x = 1').hex(), importlib.util.MAGIC_NUMBER)
print(importlib.util.resolve_name('.b', 'a'), importlib.util.find_spec('nothing_here'), importlib.util.find_spec('sys').name)
print(importlib._bootstrap.__name__.rpartition('.')[2].strip('_'), importlib.machinery.all_suffixes()[0])
print(os.waitstatus_to_exitcode(256), os.WIFEXITED(256), os.WEXITSTATUS(256), os.WIFSIGNALED(9), os.WTERMSIG(9), os.WIFSTOPPED(0x137f))
print(os.O_LARGEFILE >= 0, os.SEEK_DATA, os.P_ALL, os.F_LOCK, os.PRIO_USER, os.XATTR_CREATE, os.EFD_CLOEXEC == os.O_CLOEXEC)
previous = os.umask(0o22)
print(oct(os.umask(previous)))
print(sorted({'scandir', 'DirEntry', 'getlogin', 'umask', 'get_blocking', 'sysconf'} - set(os.__all__)))
