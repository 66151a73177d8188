import gc
class A:
    def __init__(s,n): s.n=n; s.me=s
    def __del__(s): print('fin',s.n)
for i in range(3): A(i)
gc.collect()
l=[]
for i in range(3):
    a=A('x%d'%i); a.l=l; l.append(a)
del l,a
gc.collect()
d={}
for i in range(3): d[i]=A('d%d'%i); d[i].d=d
del d
print(gc.collect())
