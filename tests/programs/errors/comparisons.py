"""Orders that do not exist."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: 1 < "a", lambda: [] < (), lambda: None < None, lambda: {} < {}, lambda: 1j < 2j, lambda: {1} < [1], lambda: "a" <= b"a",
        lambda: sorted([1, "a"]), lambda: max([1, None]), lambda: min(), lambda: max([]), lambda: max(1), lambda: [1, [2]] < [1, 3],
        lambda: (1, "a") < (1, 2), lambda: range(2) < range(3), lambda: slice(1) < slice(2), lambda: object() < object(), lambda: int < str,
        lambda: sum(["a"]), lambda: sum("ab", ""), lambda: sum([[1]], []), lambda: sorted(5), lambda: sorted([], 1))
class Word:
    def __init__(self, text): self.text = text
    def __lt__(self, other): return self.text < other.text
print(sorted([Word("b"), Word("a")])[0].text)
Word("a") < 3
