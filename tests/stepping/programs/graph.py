import gc


class Node:
    def __init__(self, name, *children):
        self.name = name
        self.children = list(children)


def total(node, seen):
    if node in seen:
        return 0
    seen.add(node)
    return 1 + sum(total(child, seen) for child in node.children)


gc.collect()
leaf = Node("leaf")
left, right = Node("left", leaf), Node("right", leaf)
root = Node("root", left, right)
leaf.children.append(root)
ages = {"Ada": 36, 8: "eight", 16: "sixteen"}
print(total(root, set()))
del root, left, right, leaf
print(ages[16])
gc.collect(0)
