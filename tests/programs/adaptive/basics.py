"""Superinstructions, warm-up, back-off, misses."""
from show import show, warm


def chain(a, b, c):
    x = a; y = b; z = c
    return keep(a, b, c, 1, a)


def keep(*args): pass


warm(chain, 1, 2, 3, n=7); show(chain, "seven calls")
chain(1, 2, 3); show(chain, "eight calls")


def loop(n):
    total = 0
    for i in range(n):
        total = total + i
    return total


loop(6); show(loop, "six rounds")
loop(1); show(loop, "one round more")
loop(20); show(loop, "specialized")


def add(a, b):
    return a + b


for n in range(1, 140):
    add([], [])
    if n in (7, 8, 9, 12, 19, 34, 65, 128): show(add, "list + list", n)
add(1, 2)
show(add, "then ints")


def add(a, b):
    return a + b


for n in range(1, 110):
    add(n, n) if n < 10 else add(1.5, 2.5)
    if n in (8, 9, 10, 60, 61, 62, 63, 93, 94, 95, 96): show(add, "ints, then floats", n)


def generator():
    yield 1
    yield 2
    yield 3


list(generator()); show(generator, "one generator")
list(generator()); show(generator, "two generators")


def many(a):
    return a % 2, a / 2, a // 2, a ** 2, a & 1, a | 1, a << 1, a + 1, a - 1, a * 1


warm(many, 5); show(many)


def inplace(a):
    a += 1; a -= 1; a *= 2; a //= 2
    return a


warm(inplace, 5); show(inplace)
warm(inplace, 5.0, n=60); show(inplace, "floats")


def long(a):
    pass


exec("def long(a):\n" + "".join(f"    v{i} = {i + 1000}\n" for i in range(270)) + "    v268 = v269 + v0\n    return v0 if v269 < v0 else v268\n")
warm(long, 1); show(long)


def nested(n):
    return n if n < 2 else nested(n - 1) + nested(n - 2)


nested(5); show(nested)
