# types: the kinds of objects that have no names of their own.
import types


def function(a, b=1):
    yield a


class Meta(type):
    @classmethod
    def __prepare__(mcs, name, bases, **options):
        return {"prepared": options}

    def __new__(mcs, name, bases, namespace, **options):
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, *args, **options):
        pass


class Base:
    def method(self):
        return self

    @types.DynamicClassAttribute
    def hidden(self):
        return "of an instance"


class Based:
    def __mro_entries__(self, bases):
        return (Base,)


space = types.SimpleNamespace(a=1)
proxy = types.MappingProxyType({"k": 1})


for text in r'''
isinstance(function, types.FunctionType), isinstance(function(1), types.GeneratorType), isinstance(len, types.BuiltinFunctionType), isinstance(Base().method, types.MethodType)
isinstance(None, types.NoneType), isinstance(..., types.EllipsisType), isinstance(NotImplemented, types.NotImplementedType), isinstance(int | str, types.UnionType)
isinstance(list[int], types.GenericAlias), isinstance(types, types.ModuleType), isinstance(function.__code__, types.CodeType), isinstance("".join, types.BuiltinMethodType)
isinstance(str.join, types.MethodDescriptorType), isinstance(int.__add__, types.WrapperDescriptorType), isinstance((1).__add__, types.MethodWrapperType), isinstance(function.__get__, types.MethodWrapperType)
space, types.SimpleNamespace(a=1) == space, vars(space), setattr(space, "b", 2), space
types.SimpleNamespace(1)
proxy["k"], len(proxy), proxy | {"x": 2}, proxy.copy(), repr(proxy)
proxy.__setitem__("k", 2)
types.MappingProxyType(5)
types.new_class("Made", (Base,), {}, lambda ns: ns.update(x=5)).x
types.new_class("Made", (), {"metaclass": Meta, "k": 1}).prepared
types.prepare_class("P", (Base,), {"metaclass": Meta, "z": 3})
types.resolve_bases((Based(), int)), types.resolve_bases((int,))
types.get_original_bases if hasattr(types, "get_original_bases") else "not yet"
types.MethodType(len, [1, 2])(), types.MethodType(function, 5).__self__
types.MethodType(len, None)
types.MethodType(5, 1)
Base().hidden, types.FunctionType((lambda: 5).__code__, {})()
Base.hidden
types.ModuleType("made", "its doc").__doc__, repr(types.ModuleType("made")), types.ModuleType("m").__dict__.get("__name__")
types.CellType(5).cell_contents, types.CellType() == types.CellType(), types.CellType(1) < types.CellType(2)
types.CellType().cell_contents
types.coroutine(function) is function, types.coroutine(function).__code__.co_flags & 0x100
types.coroutine(5)
types.TracebackType, types.FrameType, types.AsyncGeneratorType, types.CoroutineType, types.GetSetDescriptorType, types.MemberDescriptorType
sorted(types.__all__)[:5], len(types.__all__)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
