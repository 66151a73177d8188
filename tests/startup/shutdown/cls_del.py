class M(type):
    def __del__(c): print('class', c.__name__)
class A(metaclass=M): pass
class B(A): pass
def f():
    class L(metaclass=M): pass
f()
import gc; gc.collect()
print('end')
