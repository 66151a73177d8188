import sys
class V:
    def __getattr__(self, name):
        raise AttributeError(name)
    @property
    def p(self): raise AttributeError("inner")
v=V()
for f in (lambda: v.z, lambda: getattr(v,"q"), lambda: v.p, lambda: v.r(), lambda: v.p()):
    try: f()
    except AttributeError as e: print(e, e.name, e.obj is v)
class W:
    @property
    def p(self): raise AttributeError("inner")
    def __getattribute__(self, n):
        if n == 'k': raise AttributeError
        return object.__getattribute__(self, n)
v=W()
for f in (lambda: v.z, lambda: getattr(v,"q"), lambda: v.p, lambda: v.r(), lambda: v.p(), lambda: v.k):
    try: f()
    except AttributeError as e: print(e, e.name, e.obj is v)
