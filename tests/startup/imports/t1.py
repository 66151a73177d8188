import sys
import pk.b
print(pk, pk.b.__spec__.name, pk.b.__spec__.parent, pk.__spec__.parent, pk.b.__spec__.has_location, pk.b.__spec__.cached == pk.b.__cached__)
import pk.sub.deep as d
print(d.__name__, sorted(k for k in vars(pk) if not k.startswith('__')))
def t(s):
    try: exec(s, {'__name__':'q'})
    except BaseException as e: print(s, '->', type(e).__name__, e, getattr(e,'name',None), str(getattr(e,'path',None)).rpartition('/')[2])
t('import pk.a'); t('import pk.zz'); t('import pk.b.c'); t('from pk import zz'); t('from pk.b import zz'); t('import nope'); t('import nope.x'); t('from nope import *')
t('import syn'); t('import bad'); t('import bad.x'); t('import missing'); t('import delme'); t('import repl; print(repl.v)'); t('from . import x'); t('from .x import y'); t('from c1 import x'); t('import c3'); t('import own')
t('from ga import dyn; print(dyn)'); t('from ga import zz'); t('from sys import nope'); t('import sys.path'); t('__import__("")'); t('__import__("a", level=-1)'); t('__import__(3)'); t('__import__("pk.sub.deep")'); t('print(__import__("pk.sub.deep").__name__, __import__("pk.sub.deep", fromlist=["x"]).__name__)')
sys.modules['blocked'] = None
t('import blocked'); t('from blocked import x')
print([m for m in sys.modules if m in ('bad','syn','missing','c1','c2','c3','c4','repl','own','pk.a','delme')])
from pk import *
print('a' in globals(), 'sub' in globals())
