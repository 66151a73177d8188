"""A cache that forgets what nobody used for the longest time."""


class Node:
    """A link of the ring: root.next is the oldest, root.prev the newest."""

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.prev = self.next = self


class LRU:
    def __init__(self, capacity):
        self.capacity = capacity
        self.size = 0
        self.items = {}
        self.root = Node(None, "root")

    def put(self, key, value):
        if self.size + 1 > self.capacity:
            self.drop(self.root.next)
        node = self.items[key] = Node(key, value)
        node.prev, node.next = self.root.prev, self.root
        node.prev.next = self.root.prev = node
        self.size += 1

    def get(self, key, default=None):
        try:
            node = self.items[key]
        except KeyError:
            return default
        return node.value

    def drop(self, node):
        node.prev.next, node.next.prev = node.next, node.prev
        del self.items[node.key]
        self.size -= 1


cache = LRU(capacity=2)
for number, name in enumerate(["Ada", "Grace", "名前"], start=1):
    cache.put(name, number * 10)
    print(f"put {name!r}: {cache.size} of {cache.capacity}")

wanted = input("whose number? ")
print(wanted, "->", cache.get(wanted, "forgotten"))
