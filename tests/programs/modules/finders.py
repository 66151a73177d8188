"""sys.meta_path: finders and loaders of a program's own."""
import sys

ModuleSpec = type(sys.__spec__)
sys.meta_path[:] = sys.meta_path[-3:]
print(sys.meta_path)


class Loader:
    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.answer = 42
        module.told = (module.__name__, module.__package__, module.__spec__.name, module.__loader__ is self)


class Failing(Loader):
    def exec_module(self, module):
        module.early = sys.modules[module.__name__] is module
        print("half way:", module.early)
        1 / 0


class Finder:
    def find_spec(self, name, path, target=None):
        if name in ("spam", "pack.sub"):
            print("asked for", name, path)
            return ModuleSpec(name, Loader(), origin="nowhere")
        if name == "pack":
            return ModuleSpec(name, Loader(), is_package=True)
        if name == "broken":
            return ModuleSpec(name, Failing())
        if name == "nothing":
            return ModuleSpec(name, None)


sys.meta_path[:0] = [Finder()]
import spam
print(spam.answer, spam.told, spam, hasattr(spam, "__file__"))
import pack.sub
print(pack.sub.told, pack.__path__, pack.sub is sys.modules["pack.sub"])
from pack import sub
for name in "broken", "nothing", "spam.inner", "unknown", "pack.unknown":
    try:
        __import__(name)
    except (ImportError, ZeroDivisionError) as error:
        print(name, repr(error), name in sys.modules)

# Behind the native search it is asked for what nobody else has.
del sys.modules["spam"]
sys.meta_path.append(sys.meta_path.pop(0))
import spam
import string
print(spam.answer, string.digits)
try:
    import unknown
except ImportError as error:
    print(repr(error))


class Old:
    """A loader of the old kind makes the module itself."""

    def load_module(self, name):
        module = sys.modules[name] = type(sys)(name)
        module.old = True
        return module


class Special:
    """Any object may be a module."""

    def create_module(self, spec):
        return Special()

    def exec_module(self, module):
        module.done = True


class Two:
    def find_spec(self, name, path, target=None):
        if name == "special":
            return ModuleSpec(name, Special())


sys.meta_path.append(Two())
import special
print(type(special), special.done, special.__name__, special.__spec__.name)
