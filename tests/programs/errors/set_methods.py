"""Sets."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

s = {1, 2}
attempt(lambda: s.remove(5), lambda: set().pop(), lambda: s.add([]), lambda: {[]}, lambda: set(5), lambda: s | [1], lambda: s.union(5), lambda: s - 3, lambda: s[0],
        lambda: s.update(1), lambda: frozenset(s).add(1), lambda: s < 5, lambda: s.issubset(3), lambda: s ^ "a", lambda: s.discard({}), lambda: {1} in s,
        lambda: [] in s, lambda: hash(s), lambda: hash(frozenset(s)) == hash(frozenset([2, 1])), lambda: s.pop(1), lambda: set(1, 2), lambda: s.intersection_update(None))
def grow():
    t = {1}
    for x in t:
        t.add(x + 1)
attempt(grow)
s.remove((1, [2]))
