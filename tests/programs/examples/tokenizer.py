"""A calculator in three stages, each a generator that feeds the next.

    characters  ->  tokens  ->  postfix  ->  value

Nothing is computed before somebody asks for it: `next()` on the last stage
wakes the one before, and so on down to the text.
"""


class Token:
    """A piece of the text: its kind, its text, and where it begins."""

    def __init__(self, kind, text, start):
        self.kind = kind
        self.text = text
        self.start = start

    def __repr__(self):
        return f"{self.kind}:{self.text}"


class TokenError(Exception):
    """There is no such token."""


PRECEDENCE = {"+": 1, "-": 1, "*": 2, "/": 2, "%": 2}


def characters(text):
    """The characters with their places; an empty one at the end."""
    for place, char in enumerate(text):
        yield place, char
    yield len(text), ""


def tokens(text):
    """Cuts a text into numbers, names, operators and brackets."""
    source = characters(text)
    start, char = next(source)
    while char:
        if char == " ":
            start, char = next(source)
            continue
        word = char
        begin = start
        if char.isdigit():
            kind = "number"
            start, char = next(source)
            while char.isdigit():
                word += char
                start, char = next(source)
        elif char.isalpha():
            kind = "name"
            start, char = next(source)
            while char.isalnum():
                word += char
                start, char = next(source)
        elif char in PRECEDENCE or char in "()":
            kind = "sign"
            start, char = next(source)
        else:
            raise TokenError(f"{char!r} at column {start}")
        yield Token(kind, word, begin)


def postfix(stream):
    """Puts operators behind their operands: `1 + 2 * 3` is `1 2 3 * +`."""
    waiting = []
    for token in stream:
        if token.kind != "sign":
            yield token
        elif token.text == "(":
            waiting.append(token)
        elif token.text == ")":
            yield from unwind(waiting)
            waiting.pop()
        else:
            rank = PRECEDENCE[token.text]
            while waiting and PRECEDENCE.get(waiting[-1].text, 0) >= rank:
                yield waiting.pop()
            waiting.append(token)
    yield from unwind(waiting)


def unwind(waiting):
    """Gives back what waits, down to the last bracket."""
    while waiting and waiting[-1].text != "(":
        yield waiting.pop()


OPERATIONS = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a // b,
    "%": lambda a, b: a % b,
}


def evaluate(text, names):
    stack = []
    for token in postfix(tokens(text)):
        if token.kind == "number":
            stack.append(int(token.text))
        elif token.kind == "name":
            stack.append(names[token.text])
        else:
            right = stack.pop()
            left = stack.pop()
            stack.append(OPERATIONS[token.text](left, right))
    return stack.pop()


def main():
    names = {"x": 6, "year": 1991}
    for text in ["1 + 2 * 3", "(1 + 2) * 3", "year % 100 - x", "x * x / (x - 2)"]:
        print(text, "=", evaluate(text, names))
    print(list(tokens("x*(42)")))
    try:
        evaluate("1 + 2 & 3", names)
    except TokenError as error:
        print("no token:", error)


main()
