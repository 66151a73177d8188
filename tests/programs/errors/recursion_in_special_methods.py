"""RecursionError out of special methods that call themselves"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

class A:
    def __str__(self): return str(self)
    def __repr__(self): return repr(self)
    def __len__(self): return len(self)
    def __eq__(self,o): return self==o
    def __lt__(self,o): return self<o
    def __hash__(self): return hash(self)
    def __getattr__(self,n): return getattr(self,n)
    def __getitem__(self,n): return self[n]
    def __call__(self): return self()
    def __add__(self,o): return self+o
    def __iadd__(self,o): self+=o
    def __bool__(self): return bool(self)
    def __iter__(self): return iter(self)
    def __next__(self): return next(self)
    def __contains__(self,o): return o in self
    def __int__(self): return int(self)
    def __float__(self): return float(self)
    def __index__(self): return self.__index__()
    def __format__(self,s): return format(self,s)
    def __neg__(self): return -self
    def __dir__(self): return dir(self)
    def __enter__(self):
        with self: pass
    def __exit__(self,*a): pass
    def __bytes__(self): return bytes(self)
    def __complex__(self): return complex(self)
    def __round__(self,n=None): return round(self)
    def __reversed__(self): return reversed(self)
    def __delitem__(self,k): del self[k]
    def __setitem__(self,k,v): self[k]=v
    def __missing__(self,k): return self[k]
    def __sizeof__(self): return self.__sizeof__()
    def __instancecheck__(self,o): return isinstance(o,self)
    def __subclasscheck__(self,o): return issubclass(o,self)
    def __pow__(self,o): return pow(self,o)
    def __divmod__(self,o): return divmod(self,o)
    def __abs__(self): return abs(self)
    def __length_hint__(self): import operator; return operator.length_hint(self)
a=A()
def t(n,f):
    try: print(n,f())
    except RecursionError as e: print(n,e)
    except Exception as e: print(n,type(e),e)
def iadd():
    b=a
    b+=1
def d(): del a[1]
def s(): a[1]=2
def w():
    with a: pass
for n,f in dict(str=lambda:str(a),repr=lambda:repr(a),len=lambda:len(a),eq=lambda:a==1,lt=lambda:a<1,hash=lambda:hash(a),ga=lambda:a.x,gi=lambda:a[1],call=lambda:a(),add=lambda:a+1,iadd=iadd,
  bool=lambda:bool(a),iter=lambda:iter(a),next=lambda:next(a),cont=lambda:1 in a,int=lambda:int(a),float=lambda:float(a),index=lambda:[1][a],format=lambda:format(a,''),fs=lambda:f'{a}',neg=lambda:-a,dir=lambda:dir(a),w=w,bytes=lambda:bytes(a),
  complex=lambda:complex(a),round=lambda:round(a),rev=lambda:reversed(a),d=d,s=s,inst=lambda:isinstance(1,a),sub=lambda:issubclass(int,a),pow=lambda:pow(a,1),divmod=lambda:divmod(a,1),abs=lambda:abs(a),pct=lambda:'%s'%a,pctr=lambda:'%r'%(a,),join=lambda:''.join(a),lst=lambda:list(a),tup=lambda:tuple(a),sumr=lambda:sum(a),srt=lambda:sorted(a),mx=lambda:max(a),dct=lambda:dict(a),st=lambda:set(a),dk=lambda:{a:1},rng=lambda:range(a),sl=lambda:'abc'[a:],strf=lambda:'{}'.format(a)).items(): t(n,f)
