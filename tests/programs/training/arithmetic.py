"""Trains a build: arithmetic with small, large and floating-point numbers."""

import cmath
import math
from fractions import Fraction


def collatz(limit):
    longest = 0
    for start in range(1, limit):
        n, steps = start, 0
        while n != 1:
            n = n // 2 if n % 2 == 0 else 3 * n + 1
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def sieve(limit):
    prime = [True] * limit
    for i in range(2, int(limit**0.5) + 1):
        if prime[i]:
            prime[i * i::i] = [False] * len(range(i * i, limit, i))
    return sum(prime) - 2


def orbits(bodies, steps):
    """Points that attract each other."""
    for _ in range(steps):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1:]:
                dx, dy = a[0] - b[0], a[1] - b[1]
                force = 0.001 / (math.sqrt(dx * dx + dy * dy) + 0.1) ** 3
                a[2] -= dx * force
                a[3] -= dy * force
                b[2] += dx * force
                b[3] += dy * force
        for body in bodies:
            body[0] += 0.01 * body[2]
            body[1] += 0.01 * body[3]
    return [round(x, 6) for body in bodies for x in body]


def integral(f, steps):
    width = 1.0 / steps
    return sum(f((i + 0.5) * width) for i in range(steps)) * width


def mandelbrot(size):
    inside = 0
    for y in range(size):
        for x in range(size):
            z = c = complex(3.0 * x / size - 2.0, 2.0 * y / size - 1.0)
            for _ in range(30):
                if abs(z) > 2.0:
                    break
                z = z * z + c
            else:
                inside += 1
    return inside


def digits_of_e(count):
    """Large numbers: products, quotients, remainders, shifts."""
    scale = 10 ** (count + 10)
    term = total = scale
    n = 1
    while term:
        term //= n
        total += term
        n += 1
    return str(total)[:count]


def large_numbers():
    a, b = 3**6000, 7**900 + 1
    found = product = 1
    for i in range(300):
        product = product * (i + 1) + a % (i + 2**40)
        quotient, rest = divmod(a + i, b)
        assert quotient * b + rest == a + i
        found ^= (rest << (i % 60)) & (2**200 - 1) | i
        a, b = (a - b * 3) >> 1, b + (a & 0xFFFF)
    for n in range(1, 1500):
        product = product * n + (product >> 300)
        found += product % 1000003 + (product & 0xFFFFFFFF) - (product // 10**9 > n)
    return math.gcd(a, b), pow(3, 10**60, 10**30 + 57), found % 1009, product.bit_length(), int(hex(b), 16) == b


def bits(n):
    state, total = 12345, 0
    for _ in range(n):
        state ^= (state << 13) & 0xFFFFFFFF
        state ^= state >> 17
        state ^= (state << 5) & 0xFFFFFFFF
        total += state & 1
    return total


print(collatz(3000), sieve(60000))
print(orbits([[float(i), i * 0.5, 0.0, 0.1 * i] for i in range(5)], 700))
print(round(integral(lambda x: math.sin(x) * math.exp(-x), 30000), 9), mandelbrot(60))
print(digits_of_e(4000)[-9:], large_numbers(), bits(40000))
print(sum((Fraction(1, n) for n in range(1, 60)), Fraction(0)).denominator % 1009, abs(cmath.exp(1j)))
