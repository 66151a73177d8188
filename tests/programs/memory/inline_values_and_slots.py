import gc
gc.collect(); gc.disable()
class A: __slots__=('a',)
class B(A): pass
class C: __slots__=('a','__dict__')
class C2: __slots__=('__dict__',)
class D: __slots__=()
class E(D): pass
class F(B): __slots__=('q',)
class G(E): __slots__=('q','r')
class H: __slots__=('__weakref__',)
class I(H): pass
class J: pass
class K(J): __slots__=('z',)
for S in (B,C,C2,E,F,G,I,J,K):
    s=S(); gc.collect(); s.me=s; del s; print(S.__name__, gc.collect(), S.__dictoffset__)
