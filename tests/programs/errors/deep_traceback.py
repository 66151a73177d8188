"""A traceback through several places."""

class Node:
    def __init__(self, value, left=None, right=None):
        self.value, self.left, self.right = value, left, right
    def depth(self):
        return 1 + max(self.left.depth() if self.left else 0,
                       self.right.depth() if self.right else 0)
    def total(self):
        left = self.left.total() if self.left else 0
        return (left
                + self.value
                + (self.right.total() if self.right else 0))
tree = Node(1, Node(2), Node(3, Node("four")))
print(tree.depth())
print([n.value for n in (tree, tree.left)])
print(sum(x for x in [tree.total()]))
