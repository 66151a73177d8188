"""Dicts asked for what they do not have."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

d = {"a": 1}
attempt(lambda: d["b"], lambda: d[[]], lambda: d.pop("x"), lambda: d.pop("x", 0), lambda: {}.popitem(), lambda: d.get(), lambda: d.get([]), lambda: {[]: 1},
        lambda: {{}: 1}, lambda: dict(5), lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(["ab", "cd"]), lambda: dict(["abc"]), lambda: d.update(5),
        lambda: d.update([(1,)]), lambda: d | [1], lambda: dict(1, 2), lambda: d.setdefault(), lambda: d.fromkeys(), lambda: d.fromkeys(3), lambda: d.a,
        lambda: d.keys()[0], lambda: d.items() + [], lambda: (d.keys() | {2}), lambda: dict(**{1: 2}), lambda: d.clear(1), lambda: {**5})
def grow():
    for key in d:
        d[key + "x"] = 1
attempt(grow)
def shrink():
    e = {1: 1, 2: 2}
    for key in e:
        del e[key]
attempt(shrink)
del {}["missing"]
