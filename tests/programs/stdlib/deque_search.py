# Looking for equal items in a deque, which may change meanwhile.
from collections import deque


class Item:
    def __init__(self, n, grows=None):
        self.n, self.grows = n, grows

    def __eq__(self, other):
        if self.grows is not None:
            self.grows.append(1)
        return self.n == getattr(other, "n", other)

    def __repr__(self):
        return f"Item({self.n})"


class Bad:
    def __eq__(self, other):
        1 / 0


def case(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


def growing():
    items = deque([5])
    items.extend([Item(1, items), 3])
    return items


d = deque([Item(1), Item(2), Item(1)])
case("d.count(Item(1))")
case("d.index(Item(2)), d.index(Item(1), 1), deque([1, 2]).index(2, -1)")
case("d.index(Item(5))")
case("d.index(Item(1), 1, 2)")
case("d.remove(Item(2)), d")
case("d.remove(7)")
for value in 1, 2:
    for name in "count", "index", "remove":
        case(f"growing().{name}({value})")
for name in "count", "index", "remove":
    case(f"deque([Bad()]).{name}(1)")
