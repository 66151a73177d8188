# What `sys.getsizeof` says of bytearrays, arrays, deques and buffered files while they grow and shrink.
import sys, collections, array, io, itertools
def show(label, seq): print(label, seq)
b = bytearray(); r=[]
for i in range(40): b.append(1); r.append(sys.getsizeof(b))
show("ba append", r); r=[]
for i in range(40): b.pop(); r.append(sys.getsizeof(b))
show("ba pop", r); r=[]
for n in (1,2,5,9,20,100): b += b"x"*n; r.append(sys.getsizeof(b))
show("ba +=", r); r=[]
while b: del b[0]; r.append(sys.getsizeof(b))
show("ba del0", r); r=[]
b = bytearray(50); b[10:20]=b""; r.append(sys.getsizeof(b)); b[5:5]=b"abc"; r.append(sys.getsizeof(b)); b.clear(); r.append(sys.getsizeof(b)); b.extend([1,2,3]); r.append(sys.getsizeof(b)); b.insert(0,5); r.append(sys.getsizeof(b)); b.remove(5); r.append(sys.getsizeof(b)); b*=3;r.append(sys.getsizeof(b)); r.append(sys.getsizeof(b*2)); b.extend(i for i in range(50)); r.append(sys.getsizeof(b)); b.reverse(); r.append(sys.getsizeof(b)); r.append(sys.getsizeof(b.copy())); r.append(sys.getsizeof(bytearray(b))); r.append(sys.getsizeof(b.replace(b"\x01", b"abc"))); r.append(sys.getsizeof(bytearray(i for i in range(20)))); r.append(sys.getsizeof(bytearray(range(20))));r.append(sys.getsizeof(bytearray("abc","ascii")))
r.append(sys.getsizeof(bytearray.fromhex("aabbcc"))); r.append(sys.getsizeof(b.upper())); r.append(sys.getsizeof(b"".join([b"a"]))); r.append(sys.getsizeof(bytearray().join([b"a",b"bc"])));r.append(sys.getsizeof(bytearray(b"a%d")%5))
show("ba misc", r); r=[]
a = array.array("i")
for i in range(40): a.append(1); r.append(sys.getsizeof(a))
show("array append", r); r=[]
for i in range(40): a.pop(); r.append(sys.getsizeof(a))
show("array pop", r); r=[]
d = collections.deque()
for i in range(140): d.append(1); r.append(sys.getsizeof(d))
show("deque", sorted(set(r))); r=[]
for i in range(140): d.popleft(); r.append(sys.getsizeof(d))
show("deque pop", sorted(set(r)))
for i in range(100): d.appendleft(1); r.append(sys.getsizeof(d))
show("deque left", sorted(set(r))); r=[]
o = collections.OrderedDict()
for i in range(60): o[i]=i; r.append(sys.getsizeof(o))
show("od", r)
s = io.StringIO(); r=[sys.getsizeof(s)]; s.write("abc"*20); r.append(sys.getsizeof(s)); s.read(); r.append(sys.getsizeof(s)); s.seek(0); s.write("x"); r.append(sys.getsizeof(s))
show("sio", r)
s = io.BytesIO(); r=[sys.getsizeof(s)]; s.write(b"abc"*20); r.append(sys.getsizeof(s)); s.write(b"abc"*20); r.append(sys.getsizeof(s))
show("bio", r)
show("it", [sys.getsizeof(x) for x in (itertools.product([1,2],[3]), itertools.permutations([1,2,3]), itertools.combinations([1,2,3],2), itertools.cycle([1]), itertools.zip_longest([1]), itertools.tee([1])[0], memoryview(b"abc"), iter(range(10**20)))])
