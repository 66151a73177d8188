"moddoc"
def f():
    "doc"
    assert 0
    return f.__doc__, __debug__, __doc__
print(f())
