class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next

def total(node):
    result = 0
    while node:
        result += node.value
        node = node.next
    return result

def halves(number):
    while number > 1:
        yield number
        number //= 2

def careful(value):
    try:
        return check(value)
    except ValueError as error:
        return str(error)

def check(value):
    if value < 0:
        raise ValueError("too small")
    return value

a = Node(1)
b = Node(2, a)
t = (1.5, 2.0, None, True, {"k": [b]}, {3})
print(total(b))
big = 2 ** 80
print(list(halves(9)), sum(n for n in halves(5)))
print(careful(-1), careful(1))
