# What deques, iterators, files in memory and formats take beside their own blocks: sizes and numbers of blocks after random operations.
import gc
import io
import itertools
import random
import struct
import sys
from collections import deque
from sys import getsizeof as S, getallocatedblocks as B
r=random.Random(5)
for seed in range(60):
    r.seed(seed)
    d=deque(range(r.choice([0,1,3,63,64,65,200])), r.choice([None,None,10,100])); out=[S(d)]
    for _ in range(60):
        k=r.randrange(12); n=len(d)
        if k==0: d.append(1)
        elif k==1: d.appendleft(2)
        elif k==2: d.extend(range(r.randrange(130)))
        elif k==3: d.extendleft(range(r.randrange(130)))
        elif k==4 and n: [d.pop() for _ in range(r.randrange(min(n,90)+1))]
        elif k==5 and n: [d.popleft() for _ in range(r.randrange(min(n,90)+1))]
        elif k==6: d.rotate(r.randrange(-200,200))
        elif k==7 and n: del d[r.randrange(n)]
        elif k==8 and d.maxlen is None: d.insert(r.randrange(-n-2,n+2),5)
        elif k==9 and r.random()<.3: d.clear()
        elif k==10: d=d.copy()
        elif k==11 and n<300: d=d*r.choice([0,1,2,3]); 
        out.append(S(d))
    print(seed,out)
print(S(deque(range(63))),S(deque(range(64))))
def ops(f, *steps):
    base=B(); res=[]
    for s in steps:
        x=eval(s,{"f":f,"io":io}); x=None
        res.append(S(f))
    return res
for init in ("", "abc", "é"*40, "x"*1000):
    f=io.StringIO(init); 
    print(len(init), ops(f,"f.write('abc')","f.write('é')","f.getvalue()","f.write('x'*100)","f.seek(0)","f.read(2)","f.write('zz')","f.truncate(3)","f.seek(0,2)","f.write('q'*500)"))
def blocks(text, setup=""):
    code=compile("def run():\n    a=B()\n    "+"\n    ".join(text.split("; "))+"\n    return B()-a\n","x","exec")
    ns=dict(B=B,io=io,itertools=itertools,struct=struct,deque=deque,bb=b"a"*20, ss="é"*30); exec(code,ns)
    for _ in range(8): n=ns["run"]()
    print(n, text)
for t in ["f=io.StringIO()","f=io.StringIO('abc')","f=io.StringIO(); f.write('abc')","f=io.StringIO(); f.write('abc'); f.write('d'*100)","f=io.StringIO(); f.write('abc'); f.getvalue()","f=io.StringIO(); f.write('abc'); x=f.getvalue()","f=io.StringIO(); f.write('abc'); f.seek(0); f.read(1)","f=io.StringIO(); f.write('abc'); f.seek(0); f.read()","f=io.StringIO(); f.write('abc'); f.seek(0); f.write('x')","f=io.StringIO(); f.write('abc'); f.close()","f=io.StringIO('abc'); f.write(ss)","f=io.StringIO('abc\\nd'); list(f)","f=io.StringIO(newline=None); f.write('abc')","f=io.StringIO(newline=''); f.write('abc')","f=io.StringIO(newline='\\r\\n'); f.write('abc\\n')",
 "f=io.BytesIO()","f=io.BytesIO(bb)","f=io.BytesIO(bytearray(bb))","f=io.BytesIO(); f.write(bb)","f=io.BytesIO(bb); f.write(b'x')","f=io.BytesIO(); f.write(bb); x=f.getvalue()","f=io.BytesIO(); f.write(bb); x=f.getvalue(); y=f.getvalue()","f=io.BytesIO(); f.write(bb); x=f.getvalue(); f.write(b'1')","f=io.BytesIO(bb); f.read()","f=io.BytesIO(bb); x=f.read(3)","f=io.BytesIO(bb); f.close()","f=io.BytesIO(bb); f.truncate(3)", "f=struct.Struct('i')","f=struct.Struct('<ihh4s')","f=struct.Struct(b'<ihh4s')",
 "f=itertools.cycle([1,2,3])","f=itertools.cycle([1,2,3]); next(f); next(f)","f=itertools.product([1],[2],repeat=2)","f=itertools.product()","f=itertools.permutations([1,2,3],2)","f=itertools.permutations([1,2,3],5)","f=itertools.combinations([1,2,3],2)","f=itertools.combinations([1,2,3],5)","f=itertools.combinations_with_replacement([1,2,3],5)","f=itertools.zip_longest([1,2],[3])","f=itertools.zip_longest([1,2],[3]); x=next(f)","f=itertools.zip_longest([1,2],[3]); x=list(f)",
 "f=deque(); f.extend(range(200)); f.clear()","f=deque(range(100)); f.rotate(33)","f=deque(range(100)); [f.pop() for _ in range(90)]","f=deque(range(100)); f*=3; f.clear(); f.extend(range(10))"]:
    blocks(t)
b=io.BytesIO(b"abc"*9); print(b.getvalue() is b.getvalue(), b.read() is b.getvalue(), S(b)); b.write(b"z"); print(S(b)); v=b.getvalue(); print(S(b), sys.getrefcount(v)); del v; print(S(b)); b.truncate(4); print(S(b), b.getvalue()); b.seek(0); b.write(b"QQ"); print(b.getvalue(), S(b))
for f in "i","ihh","4s","xx","3i4s","0i","0s","":
    print(repr(f), S(struct.Struct(f)))
for it in itertools.permutations("abcd",2), itertools.permutations("ab",7), itertools.combinations("abc",2),itertools.combinations("abc",9), itertools.product("ab",repeat=3), itertools.product(), itertools.combinations_with_replacement("abc",5):
    print(S(it), end=" ")
print()
z=itertools.zip_longest("abc","d"); ids=set()
for t in z: ids.add(id(t))
print(len(ids), z.__reduce__()[2])
c=itertools.cycle("abc"); next(c); next(c); print(c.__reduce__()[2]); 
print([type(x).__name__ for x in gc.get_referents(c)],[type(x).__name__ for x in gc.get_referents(itertools.zip_longest("ab","c"))])
