"""The lesson on specialization: ints for ten calls, then floats."""
from show import NAMES


def add(a, b):
    return a + b


def op():
    return NAMES[str(add.__code__._co_code_adaptive[6])]


seen = []
for i in range(110):
    add(i, i) if i < 10 else add(1.5, 2.5)
    if not seen or seen[-1][1] != op():
        seen.append((i + 1, op()))
print(seen)
