"""Texts."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: "a".index("b"), lambda: "a".rindex("b"), lambda: "a" + 1, lambda: 1 + "a", lambda: "a" * "b", lambda: "a"["b"], lambda: "a"[3], lambda: "a".join([1]), lambda: "a".join(5),
        lambda: "a".join(["x", 2]), lambda: "a".split(""), lambda: "a".split(1), lambda: "a".replace("b"), lambda: "a".replace(1, 2), lambda: "a".startswith(1), lambda: "a".startswith(["a"]),
        lambda: "a".encode("nope"), lambda: "é".encode("ascii"), lambda: b"\xff".decode(), lambda: b"a\xffb".decode("ascii"), lambda: "a".center(), lambda: "a".center("x"),
        lambda: "a".center(5, "ab"), lambda: "a".zfill("x"), lambda: "a".partition(""), lambda: "a".strip(1), lambda: "a".count(), lambda: "a".find(1), lambda: "a".translate(1), lambda: "a".maketrans("ab", "c"),
        lambda: "a".foo, lambda: ord("ab"), lambda: ord(5), lambda: chr(-1), lambda: chr(0x110000), lambda: chr("a"), lambda: "a".expandtabs("x"), lambda: "abc".removeprefix(1), lambda: str(b"a", "ascii", 3),
        lambda: str("a", "ascii"), lambda: "a".casefold(1), lambda: "\ud800".encode())
"text"[0] = "T"
