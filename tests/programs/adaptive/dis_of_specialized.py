# Specialized code as `dis` shows it: names, arguments, targets of jumps, what the caches hold.
import dis


def add(a, b):
    return a + b


def loop(xs):
    total = 0
    for x in xs:
        total += x
        last = total
    return last


class Point:
    def __init__(self):
        self.x = 1

    def get(self):
        return self.x


def many(point):
    for i in range(30):
        if i > 40:
            break
        point.get()
        point.x = i
        pair = [i, 2]
        a, b = pair
        pair[0]
        len(pair)
    while i:
        i -= 1


for i in range(20):
    add(i, i)
    loop([1, 2, 3] * 10)
many(Point())
many(Point())
for function in add, loop, many:
    print(function.__name__, dis.findlabels(function.__code__.co_code), dis.findlabels(function.__code__._co_code_adaptive))
    for row in dis.get_instructions(function, adaptive=True):
        print(row[:8])
    for row in dis.get_instructions(function, adaptive=True, show_caches=True):
        # The values depend on what was made before.
        print(row.offset, row.opname, row.arg, row.argrepr.split(":")[0] if row.opname == "CACHE" else row.argrepr)
