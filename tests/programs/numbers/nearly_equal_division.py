"""Division of large integers of nearly the same size: quotients that the highest digits tell, and those that they don't."""
import random

random.seed(5)
seen = [0, 0]


def check(a, b):
    quotient, rest = a // b, a % b
    assert quotient * b + rest == a, (a, b)
    assert 0 <= rest < b if b > 0 else b < rest <= 0, (a, b)
    assert divmod(a, b) == (quotient, rest), (a, b)
    seen[rest == 0] += 1


for bits in (64, 65, 128, 129, 1000):
    for more in (0, 1, 31, 47, 48, 64):
        divisor = random.getrandbits(bits) | 1 << bits - 1
        quotient = random.getrandbits(more + 1) | 1 << more
        near = quotient * divisor
        dividends = (near, near + 1, near - 1, near + divisor - 1, near + random.randrange(divisor), quotient << bits)
        for divisor in (divisor, 1 << bits, (1 << bits) - 1, (1 << bits) + 1):
            for dividend in (*dividends, divisor << more, (divisor << more) - 1, (divisor << more) + 1):
                for a in (dividend, -dividend):
                    check(a, divisor)
                    check(a, -divisor)
print(seen)

a, b = 10**40, 3 * 10**39 + 7
print(a // b, a % b, -a // b, -a % b, a // -b, a % -b, divmod(-a, -b))
