import weakref
class A: pass
def cb(r): raise KeyError('in cb')
a=A(); r=weakref.ref(a,cb)
del a
print('ok')
