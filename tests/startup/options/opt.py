def f():
    "doc"
    assert 0
    return f.__doc__, __debug__
print(f())
import sys; print(sys.flags.optimize)
