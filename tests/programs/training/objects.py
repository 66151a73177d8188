"""Trains a build: classes, methods, attributes, properties, inheritance, special methods."""


class Shape:
    count = 0
    __kind = "shape"

    def __init__(self, name, scale=1):
        self.name = name
        self.scale = scale
        self.log = []
        Shape.count += 1

    def area(self):
        return 0

    def grow(self, by):
        self.scale += by
        if self.is_large():
            self.log.append(self.scale)
            self.scale = 1
        return self

    def is_large(self):
        return self.scale > 50

    @property
    def kind(self):
        return self.__kind

    @staticmethod
    def unit():
        return 1

    @classmethod
    def named(cls, name):
        return cls(name)

    def __repr__(self):
        return f"{type(self).__name__}({self.name!r})"


class Square(Shape):
    side = 2

    def area(self):
        return self.side * self.side * self.scale


class Circle(Shape):
    def __init__(self, name):
        super().__init__(name, 3)
        self.radius = 1.5

    def area(self):
        return 3.14 * self.radius * self.radius * self.scale + super().area()


class Ring(Circle):
    def is_large(self):
        return super().is_large() or self.radius > 9


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, factor):
        return Vector(self.x * factor, self.y * factor)

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))

    def __len__(self):
        return 2

    def __getitem__(self, index):
        return self.y if index else self.x

    def __bool__(self):
        return self.x != 0


class Node:
    def __init__(self, value, before=None):
        self.value = value
        self.before = before
        self.after = None
        self.state = State.FRESH


class State:
    FRESH, WAITING, DONE = range(3)


class Queue:
    """A list of nodes that point at each other."""

    def __init__(self):
        self.first = self.last = None
        self.length = 0

    def put(self, value):
        node = Node(value, self.last)
        if self.last is None:
            self.first = node
        else:
            self.last.after = node
        self.last = node
        self.length += 1

    def take(self):
        node = self.first
        self.first = node.after
        if self.first is None:
            self.last = None
        else:
            self.first.before = None
        self.length -= 1
        node.state = State.DONE
        return node.value


class Lazy:
    def __getattr__(self, name):
        self.__dict__[name] = len(name)
        return len(name)


def shapes(rounds):
    all_of_them = [Square("a"), Circle("b"), Ring("c"), Shape("d"), Ring.named("e")]
    total = 0
    for i in range(rounds):
        for shape in all_of_them:
            total += shape.area() + shape.grow(i % 7).scale
            if shape.kind != "shape" or not isinstance(shape, Shape):
                total -= shape.unit()
    return round(total, 3), all_of_them, Shape.count


def vectors(rounds):
    place, step, seen = Vector(0, 0), Vector(1, 2), {}
    for i in range(rounds):
        place = place + step * (i % 3)
        if place and place[1] > 100:
            place = Vector(0, place[0] % 5)
        seen[place] = seen.get(place, 0) + len(place)
    return len(seen), place == step


def queues(rounds):
    queue, total = Queue(), 0
    for i in range(rounds):
        queue.put(i)
        if i % 3 == 2:
            total += queue.take() + queue.take()
    return queue.length, total


print(shapes(3000))
print(vectors(12000))
print(queues(12000))
print(sum(Lazy().attribute + hasattr(Lazy(), "x") for _ in range(2000)))
