import sys, importlib
sys.path.insert(0, sys.path[0] + '/ns1'); sys.path.insert(0, sys.path[1] + '/ns2')
import nsp.one, nsp.two
print(nsp.__file__, nsp.__package__, nsp.__spec__.origin, nsp.one.m, nsp.two.m, len(list(nsp.__path__)))
import rel
importlib.reload(rel)
print(importlib.import_module('pk.sub') is sys.modules['pk.sub'])
print(importlib.import_module('.sub', 'pk').__name__, importlib.import_module('..pk', 'pk.sub').__name__ if 0 else '')
for a in (('.x',), ('..x', 'pk'), ('nope',), ('',)):
    try: importlib.import_module(*a)
    except Exception as e: print(a, type(e).__name__, e)
try: importlib.reload(3)
except TypeError as e: print(e)
del sys.modules['rel']
try: importlib.reload(rel)
except ImportError as e: print(e)
import importlib.util, importlib.machinery
print(importlib.util.find_spec('rel').name, importlib.util.find_spec('nope'), importlib.util.find_spec('pk.b').origin.rpartition('/')[2])
try: importlib.util.find_spec('rel.x')
except ModuleNotFoundError as e: print(e)
print(type(rel.__loader__) is importlib.machinery.SourceFileLoader, type(rel.__spec__) is importlib.machinery.ModuleSpec)
s = importlib.machinery.ModuleSpec('n', None, origin='o', is_package=True); print(s, s.parent, s.cached)
print(rel.__loader__.get_filename() == rel.__file__, rel.__loader__.name, rel.__loader__.is_package('rel'))
import types
m = types.ModuleType('mm', 'docs'); print(m, m.__doc__, m.__spec__, m.__dict__)
