"""Slices with odd parts."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: [1, 2][::0], lambda: [1][1.5:], lambda: "abc"["a":], lambda: (1, 2)[None:None:None], lambda: [1, 2, 3][-100:100], lambda: slice(1, 2).indices(), lambda: slice(1, 2).indices(-1), lambda: slice(1, 2, 0).indices(5), lambda: slice("a").indices(5), lambda: hash(slice(1)),
        lambda: slice(1, 2) == slice(1, 2), lambda: slice(1, 2, 3, 4), lambda: range(10)[::0], lambda: b"abc"[::-1], lambda: [1, 2, 3][1, 2], lambda: {1: 2}[1:2])
class I:
    def __index__(self): return 2
class J:
    def __index__(self): raise ValueError("index")
attempt(lambda: [1, 2, 3][I()], lambda: [1, 2, 3][:I()], lambda: [1, 2, 3][J()], lambda: "abc"[J():])
[1, 2, 3][1:2] = 5
