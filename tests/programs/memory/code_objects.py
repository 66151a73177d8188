# Which parts of a code object are objects that it keeps, which are made for the asking, and how often each is held.
import sys
refs = sys.getrefcount


def f(a, b=1, *c, d=3, **e):
    x = 1000
    def g():
        return a, x
    return "hello world", 2.5, g


def plain(x):
    return x.shared, "both"


def alike(x):
    return x.shared, "both"


code = f.__code__
for name in sorted(dir(code)):
    if name.startswith("co_") and not callable(getattr(code, name)):
        print(name, getattr(code, name) is getattr(code, name))
print(code._co_code_adaptive is code._co_code_adaptive)
print([refs(part) for part in (code.co_consts, code.co_code, code.co_linetable, code.co_varnames, code.co_cellvars)])
consts = code.co_consts
print(refs(consts), refs(code.co_consts), refs(consts[1]), refs(consts[2]))
again = code.co_consts
print(refs(consts), again is consts)
# Equal ones of a text are one object.
p, q = plain.__code__, alike.__code__
print(p.co_names is q.co_names, p.co_consts is q.co_consts, p.co_filename is q.co_filename, p.co_code is q.co_code)
print(refs(p.co_names), refs(p.co_consts), refs(p.co_code))
print(p.co_filename is code.co_filename, p.co_names[0] is sys.intern("shared"))
empty, no_bytes = (), b""
print(p.co_freevars is empty, p.co_exceptiontable is no_bytes)
# They outlive the code object.
space = {}
exec("def h(): return u.v, 'text', 98765", space)
names, values = space["h"].__code__.co_names, space["h"].__code__.co_consts
print(refs(names), refs(values))
del space["h"]
print(names, values, refs(names), refs(values))
other = code.replace(co_name="other")
print(other.co_consts is code.co_consts, other.co_names is code.co_names, other.co_consts == code.co_consts, other.co_filename is code.co_filename)
