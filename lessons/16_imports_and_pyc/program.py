import sys
from types import ModuleType
magic = b"\xa7\x0d\x0d\x0a"  # so begins each .pyc of CPython 3.11
source = "print('executing', __name__)\nx = 1\n"
def load(name):
    module = ModuleType(name)
    sys.modules[name] = module
    exec(compile(source, name + ".py", "exec"), module.__dict__)
load("mod")
import mod
import mod as again
print(again is mod, f"mod.{sys.implementation.cache_tag}.pyc", int.from_bytes(magic[:2], "little"))
del sys.modules["mod"]
load("mod")
import mod as third
print(third is mod, third.x)
