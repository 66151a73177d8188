def f():
    "a" "b"
    return __debug__
def g():
    "a" + "b"
if __debug__: x
assert x, y
assert (x, y)
assert not x
