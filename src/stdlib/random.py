"""Random numbers: the distributions, on the Mersenne Twister of `_random`.

The same seed gives the same sequence as CPython 3.11's module: what is drawn, and in which order, is the same.
"""

from _random import Random as _Twister, _sha512
from math import acos as _acos, ceil as _ceil, cos as _cos, e as _e, exp as _exp, floor as _floor
from math import isfinite as _isfinite, log as _log, pi as _pi, sin as _sin, sqrt as _sqrt
from math import tau as TWOPI
from operator import index as _index
from posix import urandom as _urandom
from _warnings import warn as _warn

__all__ = [
    "Random", "SystemRandom", "betavariate", "choice", "choices", "expovariate", "gammavariate", "gauss", "getrandbits", "getstate",
    "lognormvariate", "normalvariate", "paretovariate", "randbytes", "randint", "random", "randrange", "sample", "seed",
    "setstate", "shuffle", "triangular", "uniform", "vonmisesvariate", "weibullvariate",
]

NV_MAGICCONST = 4 * _exp(-0.5) / _sqrt(2.0)
LOG4 = _log(4.0)
SG_MAGICCONST = 1.0 + _log(4.5)
BPF = 53
_NO_INTEGER = 'non-integer arguments to randrange() have been deprecated since Python 3.10 and will be removed in a subsequent version'
RECIP_BPF = 2 ** -BPF
_SEEDS = (type(None), int, float, str, bytes, bytearray)


class Random(_Twister):
    """A generator of its own: the functions of the module are the methods of one hidden instance."""

    VERSION = 3

    def __init__(self, x=None):
        self.seed(x)
        self.gauss_next = None

    def seed(self, a=None, version=2):
        """Start again from a number, a text, or the outside world's entropy."""
        if version == 1 and isinstance(a, (str, bytes)):
            text = a.decode("latin-1") if isinstance(a, bytes) else a
            value = ord(text[0]) << 7 if text else 0
            for c in map(ord, text):
                value = ((1000003 * value) ^ c) & 0xFFFFFFFFFFFFFFFF
            value ^= len(text)
            a = -2 if value == -1 else value
        elif version == 2 and isinstance(a, (str, bytes, bytearray)):
            data = a.encode() if isinstance(a, str) else a
            a = int.from_bytes(data + _sha512(data), "big")
        elif not isinstance(a, _SEEDS):
            raise TypeError("The only supported seed types are: None,\n%s, %s, %s, %s, and %s." % tuple(t.__name__ for t in _SEEDS[1:]))
        super().seed(a)
        self.gauss_next = None

    def getstate(self):
        words = super().getstate()
        return self.VERSION, words, self.gauss_next

    def setstate(self, state):
        version = state[0]
        if version != 3:
            raise ValueError(f"state with version {version} passed to Random.setstate() of version {self.VERSION}")
        _, words, self.gauss_next = state
        super().setstate(words)

    def __getstate__(self):
        return self.getstate()

    def __setstate__(self, state):
        self.setstate(state)

    def _randbelow(self, n):
        """An integer from 0 to n - 1: draw as many bits as n has until the number is small enough."""
        draw, bits = self.getrandbits, n.bit_length()
        number = draw(bits)
        while number >= n:
            number = draw(bits)
        return number

    def randbytes(self, n):
        bits = self.getrandbits(n * 8)
        return bits.to_bytes(n, "little")

    # Integers.

    def randrange(self, start, stop=None, step=1):
        first = _integer(start, "arg 1")
        if stop is None:
            if step != 1:
                raise TypeError("Missing a non-None stop argument")
            count, stride, shown = first, 1, ""
            first = 0
        else:
            last, stride = _integer(stop, "stop"), _integer(step, "step")
            if not stride:
                raise ValueError("zero step for randrange()")
            width = last - first
            count = width if stride == 1 else (width + stride - (1 if stride > 0 else -1)) // stride
            shown = f" ({first}, {last}, {width})" if stride == 1 else ""
        if count > 0:
            return first + stride * self._randbelow(count)
        raise ValueError(f"empty range for randrange(){shown}")

    def randint(self, a, b):
        return self.randrange(a, stop=b + 1)

    # Sequences.

    def choice(self, seq):
        count = len(seq)
        if count:
            return seq[self._randbelow(count)]
        raise IndexError("Cannot choose from an empty sequence")

    def shuffle(self, x):
        below = self._randbelow
        for i in range(len(x) - 1, 0, -1):
            j = below(i + 1)
            x[i], x[j] = x[j], x[i]

    def sample(self, population, k, *, counts=None):
        from _collections_abc import Sequence

        if not isinstance(population, Sequence):
            raise TypeError(_SAMPLE[0])
        n = len(population)
        if counts is not None:
            sums = _running(counts)
            total = sums[-1] if sums else 0
            for wrong, error in ((len(sums) != n, ValueError(_SAMPLE[1])), (not isinstance(total, int), TypeError(_SAMPLE[2]))):
                if wrong:
                    raise error
            if total <= 0:
                raise ValueError(_SAMPLE[3])
            return [population[_place(sums, at, 0, n - 1)] for at in self.sample(range(total), k=k)]
        if not 0 <= k <= n:
            raise ValueError(_SAMPLE[4])
        # A copy from which what was drawn is taken away, or a note of what was drawn: whichever is smaller.
        small = 21 + (4 ** _ceil(_log(k * 3, 4)) if k > 5 else 0)
        return list(self._from_pool(list(population), k) if n <= small else map(population.__getitem__, self._distinct(n, k)))

    def _from_pool(self, pool, k):
        below = self._randbelow
        for left in range(len(pool), len(pool) - k, -1):
            at = below(left)
            yield pool[at]
            pool[at] = pool[left - 1]

    def _distinct(self, n, k):
        below, drawn = self._randbelow, set()
        while len(drawn) < k:
            at = below(n)
            if at not in drawn:
                drawn.add(at)
                yield at

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        random, n = self.random, len(population)
        if weights is not None and cum_weights is not None:
            raise TypeError(_CHOICES[0])
        if weights is None and cum_weights is None:
            size = n + 0.0
            return [population[_floor(random() * size)] for _ in range(k)]
        try:
            sums = _running(weights) if cum_weights is None else cum_weights
        except TypeError:
            if not isinstance(weights, int):
                raise
            raise TypeError(f"The number of choices must be a keyword argument: k={weights!r}") from None
        if len(sums) != n:
            raise ValueError(_CHOICES[1])
        whole = sums[-1] + 0.0
        if whole <= 0.0 or not _isfinite(whole):
            raise ValueError(_CHOICES[2] + ("greater than zero" if whole <= 0.0 else "finite"))
        return [population[_place(sums, random() * whole, 0, n - 1)] for _ in range(k)]

    # Real numbers.

    def uniform(self, a, b):
        width = b - a
        return a + width * self.random()

    def triangular(self, low=0.0, high=1.0, mode=None):
        at, width = self.random(), high - low
        try:
            peak = 0.5 if mode is None else (mode - low) / width
        except ZeroDivisionError:
            return low
        if at <= peak:
            return low + width * _sqrt(at * peak)
        return high - width * _sqrt((1.0 - at) * (1.0 - peak))

    def normalvariate(self, mu=0.0, sigma=1.0):
        random = self.random
        while True:
            u = random()
            v = 1.0 - random()
            z = NV_MAGICCONST * (u - 0.5) / v
            if z * z / 4.0 <= -_log(v):
                return mu + z * sigma

    def gauss(self, mu=0.0, sigma=1.0):
        """Two numbers are made at a time; the other one waits for the next call."""
        random = self.random
        z = self.gauss_next
        self.gauss_next = None
        if z is None:
            angle = random() * TWOPI
            radius = _sqrt(-2.0 * _log(1.0 - random()))
            z = _cos(angle) * radius
            self.gauss_next = _sin(angle) * radius
        return mu + z * sigma

    def lognormvariate(self, mu, sigma):
        exponent = self.normalvariate(mu, sigma)
        return _exp(exponent)

    def _waiting(self):
        "Exponential, with the mean 1."
        return -_log(1.0 - self.random())

    def expovariate(self, lambd):
        return self._waiting() / lambd

    def vonmisesvariate(self, mu, kappa):
        random = self.random
        if kappa <= 1e-6:
            return TWOPI * random()
        s = 0.5 / kappa
        r = s + _sqrt(1.0 + s * s)
        while True:
            z = _cos(_pi * random())
            d = z / (r + z)
            u = random()
            if u < 1.0 - d * d or u <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        if random() > 0.5:
            return (mu + _acos(f)) % TWOPI
        return (mu - _acos(f)) % TWOPI

    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        random = self.random
        return beta * (self._large_gamma(alpha) if alpha > 1.0 else self._waiting() if alpha == 1.0 else self._small_gamma(alpha))

    def _large_gamma(self, alpha):
        "Cheng's way to draw from a gamma distribution, for alpha above 1."
        random, slope = self.random, _sqrt(2.0 * alpha - 1.0)
        offset, factor = alpha - LOG4, alpha + slope
        while True:
            u = random()
            if not 1e-7 < u < 0.9999999:
                continue
            other = 1.0 - random()
            v = _log(u / (1.0 - u)) / slope
            x, z = alpha * _exp(v), u * u * other
            gap = offset + factor * v - x
            if gap + SG_MAGICCONST - 4.5 * z >= 0.0 or gap >= _log(z):
                return x

    def _small_gamma(self, alpha):
        "Ahrens and Dieter's way, for alpha below 1."
        random, b = self.random, (_e + alpha) / _e
        while True:
            p = b * random()
            x = p ** (1.0 / alpha) if p <= 1.0 else -_log((b - p) / alpha)
            if random() <= (_exp(-x) if p <= 1.0 else x ** (alpha - 1.0)):
                return x

    def betavariate(self, alpha, beta):
        part = self.gammavariate(alpha, 1.0)
        return part / (part + self.gammavariate(beta, 1.0)) if part else 0.0

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * self._waiting() ** (1.0 / beta)


class SystemRandom(Random):
    """Numbers from the system's own source of entropy: they have no seed and no state."""

    def random(self):
        return (int.from_bytes(_urandom(7), "big") >> 3) * RECIP_BPF

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        count = (k + 7) // 8
        return int.from_bytes(_urandom(count), "big") >> (count * 8 - k)

    def randbytes(self, n):
        return _urandom(n)

    def seed(self, *args, **kwds):
        return None

    def _stateless(self, *args, **kwds):
        raise NotImplementedError("System entropy source does not have state.")

    getstate = setstate = _stateless


_SAMPLE = ("Population must be a sequence.  For dicts or sets, use sorted(d).", "The number of counts does not match the population",
           "Counts must be integers", "Total of counts must be greater than zero", "Sample larger than population or is negative")
_CHOICES = ("Cannot specify both weights and cumulative weights", "The number of weights does not match the population",
            "Total of weights must be ")


def _integer(value, what):
    """An argument of `randrange` as an integer; floats that are whole are still taken, with a warning."""
    try:
        return _index(value)
    except TypeError:
        number = int(value)
    fits = number == value
    _warn(_NO_INTEGER if fits else 'randrange() will raise TypeError in the future', DeprecationWarning, 3)
    if fits:
        return number
    raise ValueError(f"non-integer {what} for randrange()")


def _running(values):
    """The sums of the first one, two, three … values."""
    sums = []
    for value in values:
        sums.append(sums[-1] + value if sums else value)
    return sums


def _place(sums, value, low, high):
    """Where a value belongs in a sorted list, behind equal ones."""
    while low < high:
        middle = (low + high) // 2
        if value < sums[middle]:
            high = middle
        else:
            low = middle + 1
    return low


_inst = Random()
for _name in __all__[2:]:
    globals()[_name] = getattr(_inst, _name)
del _name
