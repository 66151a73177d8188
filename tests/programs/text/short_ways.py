"""f-strings, str() and methods by their short ways, and around them: long texts, wide ones, subclasses, no level left."""
import sys


class Text(str):
    def __format__(self, spec):
        return Text("<" + str(self) + ">")


class Int(int):
    def __str__(self):
        return "own"


def parts(a, b, c):
    return f"{a}{b}{c}"


word, empty, long, wide, plain = "word", "", "x" * 300, "é€😀", Text("sub")
for row in ((word, empty, empty), (empty, word, empty), (empty, empty, empty), (long, empty, empty), (wide, empty, empty), (plain, empty, empty)):
    result = parts(*row)
    print(ascii(result)[:40], len(result), type(result).__name__, [result is one for one in row])
print([len(parts(long, other, word)) for other in (long, wide, word, empty)], ascii(parts(word, wide, word)))
print(parts(plain, word, plain), parts(1, -2, True), parts(2**63, -2**63, 2**64), parts(Int(5), Int(-1), 5))
print([len(parts("y" * n, word, empty)) for n in (20, 24, 251, 252, 253, 256)])

# numbers with a width
for n in (0, 7, -7, 123456, -123456, 2**62, -2**63, 2**63, True, Int(3)):
    print(f"[{n:5}|{n:05}|{n:05d}|{n:1d}|{n:024d}|{n:25d}|{n:030}|{n:d}|{n:>9}|{n:+d}]")
one, same = f"{5}", f"{5:d}"
five = chr(53)
print(one is str(5), one is five, same is five, f"{5:1}" is same, str(5) is str(5), parts(five, empty, empty) is five)

# replacing one character
for text in (word, "a-b-c", "-" * 64, "-" * 65, "-é-", "x" * 70 + "-"):
    print([ascii(text.replace("-", "+", n)) for n in (-1, 0, 1, 2)], text.replace("-", "é") == text, text.replace("z", "y") is text)

# texts put together
for n in (0, 1, 11, 12, 13, 23, 24, 25):
    both = "k" * n + str(n)
    print(len(both), both == "k" * n + str(n), hash(both) == hash("k" * n + str(n)), end="; ")
print()

# methods that take a tuple
def look(text):
    found = []
    for i in range(60):
        found.append((text.find("r"), text.startswith("w"), text.count("o", 1), text.rfind("d", -2, 9), text.endswith(("x", "d"))))
    return found[0], found[-1], len(set(found))


print(look(word), look(Text(word)), look(wide))
for wrong in ((), (1,), ("a", "b"), ("a", 1, 2, 3)):
    for name in ("find", "startswith"):
        try:
            for i in range(30):
                getattr(word, name)(*wrong)
        except TypeError as error:
            print(name, error)


class Key:
    def __index__(self):
        return [].nothing


def bad():
    for i in range(40):
        if i == 30:
            return word.find("r", Key())
        word.find("r")


try:
    bad()
except AttributeError as error:
    print(error)

# no level left
def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        pass
    try:
        return n, f"{n}" != "", f"{n:5}" != "", str(n) != ""
    except RecursionError as error:
        raise ValueError(str(error)) from None


sys.setrecursionlimit(60)
try:
    print(deep(0)[1:])
except ValueError as error:
    print(error)
