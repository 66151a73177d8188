import sys
class Noisy:
    def __del__(self): print("freed")
def f(x): return sys.getrefcount(x)
a = Noisy()
b = [a, a]
print(sys.getrefcount(a), f(a), sys.getrefcount([]))
del a
b.pop()
print("one owner left")
b[0] = None
Noisy()
