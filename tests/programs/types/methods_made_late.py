"""A special method behind a descriptor in Python, whose result can be called itself; a metaclass's __call__ that is a class."""


class Late:
    def __get__(self, instance, owner=None):
        print("bound to", type(instance).__name__)
        return self.method

    def method(self, *args):
        print("called with", args)
        return self.method if args else None


class A:
    __getitem__ = __len__ = __contains__ = __call__ = Late()


a = A()
print(a["x"] == Late.method, callable(a["x"]))
print(callable(a(1, 2)))
print(2 in a)
try:
    len(a)
except TypeError as error:
    print(error)


class Meta(type):
    __call__ = staticmethod(lambda *args: ("made of", args))


class B(metaclass=Meta):
    pass


print(B(1), B())
