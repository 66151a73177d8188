# memoryview: formats, shapes, slices, what it refuses, and the bytearray that may not change its size
def t(f):
    try: print(repr(f()).split(' at 0x')[0])
    except Exception as e: print(type(e).__name__, e)
m=memoryview(b'abcdef')
for e in ["m[10]","m['a']","m[1.0]","m[0,0]","m[()]","m[...]","m[0]","m[-1]","m[1:3].tobytes()","m[::-2].tolist()","len(m)","m.hex()","m.hex(':')","m.hex(':',2)","m==b'abcdef'","hash(m)==hash(b'abcdef')","m<m","b'x'+m","m+b'x'","m.cast('i')","m.cast('H').tolist()","m.cast('x')","m.cast('@H').format","m.cast('H').cast('I')","m.cast('B',[2,3]).tolist()","m.cast('B',[2,3])[1,2]","m.cast('B',[2,3])[1]","m.cast('B',[2,3])[0:1]","m.cast('B',(2,4))","m.cast('B',[2,3]).strides","m.cast('B',5)","m.cast(3)","memoryview(3)","memoryview()","memoryview(b'',1)","memoryview(object=b'q')","memoryview(x=b'q')","m.toreadonly().readonly","m.obj","m.suboffsets","m.shape","m.ndim","m.nbytes","m.itemsize","m.format","m.c_contiguous","m[::2].contiguous","m[::2].f_contiguous","m[::2].cast('b')","bytes(m)","bytearray(m[::2])","b','.join([m,m])","98 in m","list(reversed(m))","m.index(98)","m.count(98)","m.tobytes('F')","m.tobytes('X')","m.tobytes(order=None)","m.tobytes(1)","hash(memoryview(bytearray(b'x')))","hash(m.cast('H'))","m.__iter__()","type(iter(m))","list(m)","m.cast('c').tolist()","m.cast('?').tolist()","memoryview(b'\\0'*8).cast('d')[0]","memoryview(b'\\1'*8).cast('d').tolist()","memoryview(b'\\1'*8).cast('f').tolist()","memoryview(b'\\xff'*8).cast('q').tolist()","memoryview(b'\\xff'*8).cast('Q').tolist()","memoryview(b'\\xff'*8).cast('n').tolist()","memoryview(b'\\xff'*8).cast('P').tolist()","memoryview(b'\\xff'*8).cast('e').tolist()","int.from_bytes(m,'big')","int(memoryview(b'12'))","float(memoryview(b'12'))","str(m,'ascii')","m.release(1)","m.foo","m.cast('B',[0])","m.cast('B',[-1])","m.cast('B',['a'])","m.cast('B',[])","memoryview(b'a').cast('B',[])[()]","memoryview(b'a').cast('B',[]).tolist()","memoryview(b'a').cast('B',[])[0]","len(memoryview(b'a').cast('B',[]))","iter(memoryview(b'a').cast('B',[]))","m[2**70]","m[None]","m[1:2,0]","m[0:1,0:1]", "m.cast('B',[2,3])[5,0]","m.cast('B',[2,3])[0,'a']","m.cast('B',[2,3])[0,0,0]","m == m.cast('c')","m == m.cast('b')","m==3","m!=b'abcdef'", "m.cast('H')==m", "list(m.cast('B',[2,3]))","m.hex(3)","m.hex('ab')","m.cast('B',[2,3]).hex()","eval('m').__sizeof__()","m.cast('B',[2,3]).__sizeof__()"]:
    print(e,end=' -> '); t(lambda: eval(e))
b=bytearray(b'abcdef'); w=memoryview(b)
def ex(s):
    print(s,end=' -> ')
    try: exec(s); print('ok', bytes(b))
    except Exception as e: print(type(e).__name__, e)
for s in ["w[0]=65","w[0]=300","w[0]=-1","w[0]='a'","w[0]=1.5","w[0]=None","w[9]=1","w['a']=1","w[0:2]=b'zz'","w[0:2]=b'zzz'","w[0:2]=[1,2]","w[0:2]=w[2:4]","w[::2]=b'123'","w[::-1]=b'fedcba'","del w[0]","w[0:1]=memoryview(b'a').cast('c')","m[0]=1","m[0:1]=b'a'","w.cast('c')[0]=b'Q'","w.cast('c')[0]=b'QQ'","w.cast('c')[0]=1","w.cast('?')[0]=5","w.cast('H')[0]=258","w.cast('H')[0]=70000","w.cast('b')[0]=-1","w.cast('b')[0]=200","w.cast('h')[0]='a'","w[0,0]=1","w.cast('B',[2,3])[0,0]=7","w.cast('B',[2,3])[0]=7","w.cast('B',[2,3])[0:1]=7","w[...]=b'ABCDEF'","b.append(1)","b.clear()","b+=b'x'","b*=2","del b[0]","b[0:1]=b'xy'","b.pop()","b.extend(b'x')","b.insert(0,1)","b.remove(65)","b[0:1]=b'x'","b.reverse()","b*=1"]:
    ex(s)
with memoryview(b) as v:
    print(v[0])
t(lambda: v[0]); t(lambda: v.tolist()); t(lambda: len(v)); print(repr(v)[:16]); t(lambda: v.obj); t(lambda: v.release()); t(lambda: v.__enter__()); t(lambda: hash(v)); t(lambda: v==v); t(lambda: v.nbytes); t(lambda: v == b''); t(lambda: bytes(v)); t(lambda: memoryview(v)); t(lambda: v.hex()); t(lambda: v.cast('B')); t(lambda:v.format);t(lambda:v[0:1]);t(lambda:v.toreadonly()); t(lambda:v.__exit__())
w.release()
b.append(1); print(b)
w=memoryview(b); w2=w[1:]; w.release(); 
t(lambda: b.append(2)); w2.release(); b.append(3); print(b)
del w, w2
w=memoryview(b); del w; b.append(4); print(b)
import sys
x=bytearray(b'xyz'); print(sys.getrefcount(x)); m1=memoryview(x); print(sys.getrefcount(x)); m2=m1[1:]; print(sys.getrefcount(x)); m3=memoryview(m2); print(sys.getrefcount(x), m3.obj is x); print(sys.getrefcount(x), sys.getrefcount(m1)); m1.release(); print(sys.getrefcount(x)); m2.release(); m3.release(); print(sys.getrefcount(x))
it=iter(memoryview(b'ab')); print(next(it),next(it),next(it,None))
x=bytearray(b'ab'); it=iter(memoryview(x)); 
t(lambda: x.append(1)); del it; x.append(1); print(x)
match memoryview(b'ab'):
    case [a,c]: print(a,c)
import weakref
m=memoryview(b'a'); r=weakref.ref(m); print(r() is m); del m; print(r())
class B(bytes): pass
print(memoryview(B(b'q')).obj.__class__, memoryview(B(b'xy'))==b'xy')
print(b'%s' % memoryview(b'abc'), b'abc'.startswith(memoryview(b'a')), b'abc'.find(memoryview(b'c')), b'a b'.split(memoryview(b' ')), b'abc'.replace(memoryview(b'a'),memoryview(b'z')), memoryview(b'a') in b'abc' , b'abc'.strip(memoryview(b'a')), bytearray(b'a')+memoryview(b'b'))
