"""Tuples and ranges."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def change():
    t = (1, 2)
    t[0] = 5
def delete():
    t = (1, 2)
    del t[0]
attempt(change, delete, lambda: (1,)[2], lambda: (1,)["x"], lambda: (1, 2).index(3), lambda: (1,) + [2], lambda: tuple(3), lambda: (1).foo,
        lambda: range(), lambda: range(1, 2, 0), lambda: range("a"), lambda: range(1.0), lambda: range(3)[3], lambda: range(3)["a"], lambda: range(3).index(5),
        lambda: range(10**30)[10**29], lambda: len(range(10**30)), lambda: range(1, 2, 3, 4), lambda: range(5)[1:2, 3], lambda: range(3).foo)
def put():
    range(3)[0] = 1
attempt(put)
a, b = (1, 2, 3)
