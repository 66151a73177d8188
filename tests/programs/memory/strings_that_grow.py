# `s += t` on a variable that alone holds its text: once the code is specialized the text grows where it is, as long as its block has room.


def grow(text, piece, times):
    moves = []
    for _ in range(times):
        before = id(text)
        text += piece
        moves.append("=" if id(text) == before else "!")
    return "".join(moves)


for _ in range(2):
    print(grow("ab" * 20, "x", 60))
    print(grow("é" * 10, "x", 60))
    print(grow("é" * 10, "é", 60))
    print(grow("€" * 10, "xy", 40))
    print(grow("€" * 10, "ü", 40))
    print(grow("😀" * 10, "€", 30))
    print(grow("ab", "é€", 4))
    print(grow("ab" * 5, "", 4))


def shared(times):
    text, moves = "abcdef" * 4, []
    for _ in range(times):
        other = text
        before = id(text)
        text += "x"
        moves.append("=" if id(text) == before else "!")
    return "".join(moves), len(other)


print(shared(20))


def hashed(times):
    text, moves = "abc" * 5, []
    for i in range(times):
        if i == 20:
            hash(text)
        before = id(text)
        text += "x"
        moves.append("=" if id(text) == before else "!")
    return "".join(moves)


print(hashed(40), hashed(40))
