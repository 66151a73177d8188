"""What cannot be referred to weakly, and what has died."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import weakref
class C:
    def m(self): return 1
attempt(lambda: weakref.ref(5), lambda: weakref.ref([]), lambda: weakref.ref(None), lambda: weakref.ref("a"), lambda: weakref.ref(), lambda: weakref.ref(C(), 5)(), lambda: weakref.proxy(5), lambda: weakref.WeakKeyDictionary({1: 2}), lambda: weakref.WeakSet([1]), lambda: weakref.WeakMethod(5), lambda: weakref.WeakValueDictionary(a=1))
c = C()
proxy = weakref.proxy(c)
print(proxy.m())
del c
attempt(lambda: proxy.m(), lambda: str(proxy), lambda: proxy == 1)
class Slotted: __slots__ = ()
weakref.ref(Slotted())
