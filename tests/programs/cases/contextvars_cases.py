# contextvars: values that belong to a context.
import contextvars
import re

color = contextvars.ContextVar("color", default="red")
plain = contextvars.ContextVar("plain")
first = contextvars.copy_context()


def paint(new):
    token = color.set(new)
    return color.get(), token.old_value, token.var is color


def masked(function, *args):
    try:
        return function(*args)
    except Exception as error:
        return type(error).__name__, re.sub("0x[0-9a-f]+", "0x…", str(error))


def nested():
    return contextvars.copy_context().run(paint, "deep"), color.get()


for text in r'''
color.get(), color.get("other"), color.name
plain.get(5)
first.run(paint, "blue"), color.get()
first[color], [var.name for var in first], len(first), color in first, plain in first
first.run(paint, "green")
first.get(plain, "none"), first.get(color), first.get(plain)
isinstance(first, __import__("collections.abc").abc.Mapping), first.get("color") if 0 else type(first)
first["color"]
nested()
[token := plain.set(1), plain.get(), plain.reset(token)][1:]
masked(plain.reset, token)
masked(color.reset, first.run(color.set, 3))
masked(first.run, lambda: first.run(print)), masked(first.__getitem__, plain), masked(plain.get)
first.copy() == first, first.copy() is first, list(first.values())
contextvars.Token.MISSING, repr(color)[:40], contextvars.ContextVar("x") == contextvars.ContextVar("x")
contextvars.ContextVar(5)
contextvars.Context(1)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
