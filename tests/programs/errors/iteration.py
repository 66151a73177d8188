"""Things that cannot be iterated or unpacked."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def unpack2(value):
    a, b = value
    return a, b
def unpack_star(value):
    a, *b, c = value
    return a, b, c
attempt(lambda: unpack2(5), lambda: unpack2([1]), lambda: unpack2([1, 2, 3]), lambda: unpack2("abc"), lambda: unpack2({1: 2}), lambda: unpack2(None), lambda: unpack_star([1]), lambda: unpack_star(5), lambda: unpack_star("ab"), lambda: [*5], lambda: {**[]}, lambda: (*None,),
        lambda: [x for x in 5], lambda: {x for x in None}, lambda: {x: 1 for x in 1.5}, lambda: list(iter(int, 0))[:1], lambda: 1 in 5, lambda: 1 in None, lambda: "a" in 5)
class BadIter:
    def __iter__(self): return 5
class NoNext:
    def __iter__(self): return self
class OldStyle:
    def __getitem__(self, i):
        if i > 2: raise IndexError
        return i
attempt(lambda: list(BadIter()), lambda: list(NoNext()), lambda: list(OldStyle()), lambda: iter(BadIter()), lambda: len(OldStyle()), lambda: reversed(OldStyle()))
for x in 3.5:
    pass
