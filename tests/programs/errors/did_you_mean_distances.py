"""which names are near enough"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

# many cases by distance
import sys,itertools
class E: pass
import random
random.seed(5)
names=['abc','abd','Abc','abcd','xyz','index','count','Count','append','extend','get_value','getValue','set_value','value','_value','__len__','longer_name_here','longer_name_herf','a','b','ab','A','append_x']
e=E()
for n in names: setattr(e,n,1)
def variants(n):
    for i in range(len(n)+1):
        yield n[:i]+random.choice('abcxyzABC_')+n[i:]
    for i in range(len(n)):
        yield n[:i]+n[i+1:]
        yield n[:i]+random.choice('abcxyzABC_')+n[i+1:]
        yield n[:i]+n[i].swapcase()+n[i+1:]
        if i: yield n[:i-1]+n[i]+n[i-1]+n[i+1:]
    for _ in range(6):
        m=list(n)
        for _ in range(random.randrange(1,4)):
            i=random.randrange(len(m)) if m else 0
            k=random.randrange(4)
            if k==0: m[i:i+1]=[]
            elif k==1: m.insert(i,random.choice('abcdeXYZ_'))
            elif m: m[i if i<len(m) else 0]=random.choice('abcdefXYZ_')
        yield ''.join(m)
sys.tracebacklimit=0
for n in names:
    for v in variants(n):
        try: getattr(e,v)
        except AttributeError: sys.excepthook(*sys.exc_info())
