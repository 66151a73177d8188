# A __dict__ shares its keys with the class until there are more than 30: then it has its own.
import sys
S=sys.getsizeof
class A: pass
a=A(); a.x=1; a.__dict__
out=[]
for i in range(40):
    setattr(a,"k%d"%i,i); out.append(S(a.__dict__))
print(out, len(a.__dict__))
class B: pass
a=B(); a.x=1
out=[]
for i in range(40):
    setattr(a,"k%d"%i,i); out.append(S(a))
print(out, S(a.__dict__))
b=B(); b.y=1; print(S(b.__dict__))
class C: pass
a=C(); a.x=1; a.__dict__
[setattr(a,"k%d"%i,i) for i in range(40)]; print(S(a.__dict__))
def f(o):
    for i in range(40): setattr(o,"k%d"%i,i)
class D: pass
a=D(); a.__dict__; f(a); print(S(a.__dict__))
class E: pass
a=E(); f(a); print(S(a.__dict__))
