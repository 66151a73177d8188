"""An LRU cache: a dict for finding, a doubly linked list for the order of use.

The list runs from the most recently used entry to the least recently used
one. Looking up a key moves its node to the front; when the cache is full,
the node at the back is dropped.

    front -> [c] <-> [a] <-> [b] <- back
"""


class Node:
    """One entry of the cache and its two neighbours."""

    def __init__(self, key, value):
        self.key = key
        self.value = value
        self.newer = None
        self.older = None

    def __repr__(self):
        return f"Node({self.key!r}: {self.value!r})"


class LRUCache:
    """Keeps the `capacity` entries that were used last."""

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError("a cache needs room for one entry")
        self.capacity = capacity
        self.nodes = {}
        self.front = None
        self.back = None
        self.hits = 0
        self.misses = 0

    def __len__(self):
        return len(self.nodes)

    def __contains__(self, key):
        return key in self.nodes

    def get(self, key, default=None):
        """The value of a key, which becomes the most recently used one."""
        node = self.nodes.get(key)
        if node is None:
            self.misses += 1
            return default
        self.hits += 1
        self.move_to_front(node)
        return node.value

    def put(self, key, value):
        """Stores a value; the least recently used one may have to go."""
        node = self.nodes.get(key)
        if node is not None:
            node.value = value
            self.move_to_front(node)
            return
        if len(self.nodes) == self.capacity:
            self.drop_oldest()
        node = Node(key, value)
        self.nodes[key] = node
        self.push_front(node)

    def push_front(self, node):
        node.older = self.front
        if self.front is not None:
            self.front.newer = node
        self.front = node
        if self.back is None:
            self.back = node

    def unlink(self, node):
        if node.newer is not None:
            node.newer.older = node.older
        else:
            self.front = node.older
        if node.older is not None:
            node.older.newer = node.newer
        else:
            self.back = node.newer
        node.newer = node.older = None

    def move_to_front(self, node):
        if node is self.front:
            return
        self.unlink(node)
        self.push_front(node)

    def drop_oldest(self):
        oldest = self.back
        self.unlink(oldest)
        del self.nodes[oldest.key]
        print("  dropped", oldest)

    def keys(self):
        """The keys, most recently used first."""
        node = self.front
        while node is not None:
            yield node.key
            node = node.older


def show(cache):
    print("  cache:", " > ".join(cache.keys()))


def main():
    capitals = LRUCache(3)
    for country, city in [
        ("Peru", "Lima"),
        ("Kenya", "Nairobi"),
        ("Nepal", "Kathmandu"),
    ]:
        print("put", country)
        capitals.put(country, city)
        show(capitals)

    for country in ["Peru", "Chile", "Kenya"]:
        print("get", country, "->", capitals.get(country, "unknown"))
        show(capitals)

    print("put Chile")
    capitals.put("Chile", "Santiago")
    show(capitals)

    print("Nepal" in capitals, len(capitals))
    print("hits", capitals.hits, "misses", capitals.misses)


main()
