"""Which operand of an operator is given back first: the next object of the size has the block of the last one."""


def last(given, new):
    """Whose block a new object has."""
    return ("left", "right")[given.index(id(new))] if id(new) in given else "neither"


def cold_sum(a, b):
    pair = [a * 2.5, b * 3.5]
    given = [id(number) for number in pair]
    result = pair.pop(0) + pair.pop(0)
    new = a * 1.25
    return last(given, new)


def cold_order(a, b):
    pair = [a + 25000, b + 35000]
    given = [id(number) for number in pair]
    if pair.pop(0) < pair.pop(0):
        pass
    new = a + 70000
    return last(given, new)


print("cold +", cold_sum(1.1, 1.2))
print("cold <", cold_order(1000, 1001))


def floats(sign, n):
    found = []
    for k in range(1, n):
        pair = [k * 2.5, k * 3.5]
        given = [id(number) for number in pair]
        if sign == "+":
            result = pair.pop(0) + pair.pop(0)
        elif sign == "-":
            result = pair.pop(0) - pair.pop(0)
        elif sign == "*":
            result = pair.pop(0) * pair.pop(0)
        elif sign == "/":
            result = pair.pop(0) / pair.pop(0)
        elif sign == "//":
            result = pair.pop(0) // pair.pop(0)
        elif sign == "<":
            result = pair.pop(0) < pair.pop(0)
        elif sign == "if <":
            result = None
            if pair.pop(0) < pair.pop(0):
                pass
        elif sign == "==":
            result = pair.pop(0) == pair.pop(0)
        new = k * 1.25
        found.append(last(given, new))
        del result, new
    return found


def integers(sign, n):
    found = []
    for k in range(1, n):
        pair = [k + 25000, k + 1350]
        given = [id(number) for number in pair]
        if sign == "+":
            result = pair.pop(0) + pair.pop(0)
        elif sign == "-":
            result = pair.pop(0) - pair.pop(0)
        elif sign == "*":
            result = pair.pop(0) * pair.pop(0)
        elif sign == "/":
            result = pair.pop(0) / pair.pop(0)
        elif sign == "//":
            result = pair.pop(0) // pair.pop(0)
        elif sign == "%":
            result = pair.pop(0) % pair.pop(0)
        elif sign == "&":
            result = pair.pop(0) & pair.pop(0)
        elif sign == "<":
            result = pair.pop(0) < pair.pop(0)
        elif sign == "if <":
            result = None
            if pair.pop(0) < pair.pop(0):
                pass
        new = k + 70000
        found.append(last(given, new))
        del result, new
    return found


for sign in ("+", "-", "*", "/", "//", "<", "if <", "=="):
    found = floats(sign, 30)
    print("float", sign, found[0], found[-1], sorted(set(found)))
for sign in ("+", "-", "*", "/", "//", "%", "&", "<", "if <"):
    found = integers(sign, 30)
    print("int", sign, found[0], found[-1], sorted(set(found)))
