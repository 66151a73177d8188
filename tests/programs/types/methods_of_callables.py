# Bound methods of all kinds of callables, called by native code.
from types import GenericAlias
class A:
    f=classmethod(GenericAlias)
    __class_getitem__=classmethod(GenericAlias)
    g=classmethod(print)
    h=classmethod(str)
    i=classmethod(5)
A.g(1)
print(A.f)
print(A.h())
print(A.f(int))
print(A[int])
print(A().f)
print(A.i)
import types
m=types.MethodType(print,1)
list(map(m,[1,2]))
class C:
    def __call__(self,*a): print(a)
m=types.MethodType(C(),5); m(1); list(map(m,[1]))
list(map(types.MethodType(types.MethodType(print,1),2),[3]))
print(list(map(types.MethodType(str,b'a'),['ascii'])))
try: list(map(types.MethodType(5,5),[1]))
except TypeError as e: print(e)
import functools
print(list(map(types.MethodType(functools.partial(max,5),3),[9])))
