"""Bytes and bytearrays."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: b"a" + "b", lambda: bytes("a"), lambda: bytes(-1), lambda: bytes([256]), lambda: bytes([1, "a"]), lambda: bytes(1.5), lambda: b"a"[5], lambda: b"a".index(b"b"), lambda: b"a".join(["x"]),
        lambda: b"a" in "a", lambda: "a" in b"a", lambda: 300 in b"a", lambda: b"a".decode("utf-8", "nope"), lambda: bytes.fromhex("1"), lambda: bytes.fromhex("zz"), lambda: b"a".hex(1), lambda: b"a" * 1.5,
        lambda: bytearray(b"a").append(256), lambda: bytearray(b"a").append("x"), lambda: bytearray().pop(), lambda: bytearray(b"ab").remove(5), lambda: bytearray(5).extend(5), lambda: b"%d" % "a", lambda: b"%s" % "a",
        lambda: b"a".replace(b"a"), lambda: b"a".split(""), lambda: b"a".startswith("a"), lambda: int.from_bytes([1, 2], "middle"), lambda: (300).to_bytes(1, "big"), lambda: (-1).to_bytes(2, "big"), lambda: b"a" < "a", lambda: bytes(b"a", "x"))
b"abc"[0] = 1
