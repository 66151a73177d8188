"""Signs, inversion, and operators that assign."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: -"a", lambda: +[], lambda: ~1.5, lambda: ~None, lambda: -{}, lambda: not [], lambda: abs("x"), lambda: round("x"),
        lambda: divmod(1, "a"), lambda: pow(2, -1, 4), lambda: pow(2, 3, 0), lambda: pow(2.0, 3, 5), lambda: divmod(1, 0), lambda: 1 % 0,
        lambda: 1.0 // 0, lambda: 0 ** -1, lambda: 0.0 ** -1, lambda: (-1) ** 0.5, lambda: 1 << -1, lambda: 1 >> -1, lambda: 2.0 ** 5000)
def inplace(text):
    scope = {"x": [1], "s": "a", "n": None, "t": (1,)}
    try:
        exec(text, scope)
        print(text, scope["x"], scope["s"], scope["t"])
    except Exception as error:
        print(text, type(error).__name__ + ":", error)
for text in ("x += 1", "x += 'ab'", "x *= 2", "x *= 1.5", "s += 1", "s *= 2", "n += 1", "n |= 1", "t += [1]", "t += (2,)", "x @= x", "x //= 2"):
    inplace(text)
