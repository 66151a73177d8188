"""Reads prices from lines of text; one of them is broken."""

LINES = ["apple 3", "pear 5", "fig many", "plum 2"]


def price(line):
    name, cents = line.split()
    return name, int(cents)


def total(lines):
    result = 0
    for line in lines:
        name, cents = price(line)
        result += cents
    return result


print("total", total(LINES))
