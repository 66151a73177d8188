"""Lists asked for what they do not have."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: [].pop(), lambda: [1].pop(5), lambda: [1].remove(2), lambda: [1].index(2), lambda: [1].index(1, 3), lambda: [].append(),
        lambda: [].append(1, 2), lambda: [1][1], lambda: [1][-2], lambda: [1]["a"], lambda: [1][1.0], lambda: [].extend(5), lambda: [].insert("a", 1),
        lambda: [].insert(1), lambda: [3, 1].sort(lambda x: x), lambda: [1, "a"].sort(), lambda: [1] + (2,), lambda: [1] * "a", lambda: [1] * [2],
        lambda: [].__setitem__(0, 1), lambda: list(5), lambda: list(1, 2), lambda: [1, 2].count(), lambda: [].pop("x"), lambda: [].copy(1))
def store(index, value):
    xs = [1, 2, 3]
    try:
        xs[index] = value
        print(xs)
    except Exception as error:
        print(type(error).__name__ + ":", error)
store(3, 0); store("a", 0); store(slice(0, 3, 2), [1]); store(slice(None), 5); store(slice(0, 0), "ab"); store(slice(0, 2, 0), [])
del [1][3]
