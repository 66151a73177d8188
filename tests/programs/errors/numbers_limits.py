"""Numbers too large, and what math says."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import math
attempt(lambda: float(10 ** 400), lambda: 10 ** 400 / 3, lambda: 10 ** 400 * 1.0, lambda: math.sqrt(-1), lambda: math.log(0), lambda: math.log(-1), lambda: math.log("a"), lambda: math.factorial(-1), lambda: math.factorial(1.5), lambda: math.exp(1000), lambda: math.pow(2, 5000), lambda: math.gcd(1.5),
        lambda: math.isqrt(-1), lambda: math.comb(-1, 2), lambda: math.comb(2, 1.5), lambda: math.perm(3, -1), lambda: math.floor("a"), lambda: math.ceil(None), lambda: math.floor(float("inf")), lambda: math.trunc("x"), lambda: math.acos(2), lambda: math.fmod(1, 0), lambda: math.ldexp(1, 10 ** 9), lambda: math.hypot("a"),
        lambda: math.dist([1], [1, 2]), lambda: math.prod(["a"]), lambda: math.fsum([1, "a"]), lambda: math.copysign(1), lambda: math.sin(), lambda: math.sin(1, 2), lambda: math.atan2(1), lambda: math.isclose(1, 2, rel_tol=-1), lambda: int("1" * 5000), lambda: len(str(10 ** 4299)), lambda: str(10 ** 5000), lambda: (5).bit_length(1), lambda: float.fromhex("x"), lambda: (1.5).hex(2),
        lambda: round(float("nan")), lambda: round(float("inf")), lambda: (0.5).as_integer_ratio(), lambda: float("inf").as_integer_ratio(), lambda: complex(1, 2) // 1, lambda: complex(1) % 2, lambda: int(1j), lambda: 1j > 0)
math.sqrt("four")
