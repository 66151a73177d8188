"""Texts that are no numbers."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: int("12a"), lambda: int(""), lambda: int("  "), lambda: int("1_000"), lambda: int("1__0"), lambda: int("_1"),
        lambda: int("0x1f"), lambda: int("0x1f", 16), lambda: int("zz", 36), lambda: int("9", 8), lambda: int("1", 1),
        lambda: int("1", 37), lambda: int(3.7), lambda: int("3.7"), lambda: int(None), lambda: int([]), lambda: int("1", "2"),
        lambda: int(5, 10), lambda: int(float("nan")), lambda: int(float("inf")), lambda: int(b"12"), lambda: int(b"x"),
        lambda: float("x"), lambda: float("1e"), lambda: float(""), lambda: float("1_0.5"), lambda: float(None), lambda: complex("1+"),
        lambda: complex("x"), lambda: complex("1", 2), lambda: complex(1, "2"), lambda: float("nan"), lambda: int("٣"))
int("twelve")
