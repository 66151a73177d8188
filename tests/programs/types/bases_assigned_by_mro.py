# A metaclass whose `mro` assigns `__bases__` while they are being assigned: what is put back when it fails, and what is a cycle.


class State:
    ready = False


class Error(Exception):
    pass


class Again(type):
    def mro(cls):
        if State.ready and cls.__name__ == "C":
            if C.__bases__ == (B2,):
                State.ready = False
            else:
                C.__bases__ = (B2,)
                raise Error
        return type.mro(cls)


class A(metaclass=Again): pass
class B1(A): pass
class B2(A): pass
class C(A): pass


State.ready = True
try:
    C.__bases__ = (B1,)
except Error:
    print("Error", C.__bases__, C.__mro__, C.__base__)
B1.__bases__ = (C,)
print(B1.__mro__, C.__bases__, B1.__base__)


class Cycle(type):
    def mro(cls):
        if State.ready:
            if cls.__name__ == "D1":
                D2.__bases__ = (D1,)
            if cls.__name__ == "D2":
                D1.__bases__ = (D2,)
        return type.mro(cls)


class D(metaclass=Cycle): pass
class D1(D): pass
class D2(D): pass


State.ready = True
try:
    D1.__bases__ += ()
except TypeError as error:
    print(error)
print(D1.__bases__, D2.__bases__)
