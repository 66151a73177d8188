"""Averages and spreads of data: `mean`, `median`, `stdev` and their kin, lines through points, and the normal distribution.

Sums are exact: each number is taken for a fraction, and only the result is made the type of the data again. So
`mean([0.1] * 3)` is 0.1.
"""

import math
import numbers
import operator
import random
import sys
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, repeat
from _statistics import _normal_dist_inv_cdf
from math import erf, exp, fabs, fsum, hypot, log, sqrt, tau

__all__ = ['NormalDist', 'StatisticsError', 'correlation', 'covariance', 'fmean', 'geometric_mean', 'harmonic_mean',
           'linear_regression', 'mean', 'median', 'median_grouped', 'median_high', 'median_low', 'mode', 'multimode', 'pstdev',
           'pvariance', 'quantiles', 'stdev', 'variance']


class StatisticsError(ValueError):
    pass


def _too_few(what, least):
    """What to raise for fewer than one or two numbers."""
    return StatisticsError(f"{what} requires at least {('one data point', 'two data points')[least - 1]}")


def _no_spread(what):
    return StatisticsError(f'{what} not defined when sigma is zero')


# ── exact sums ──────────────────────────────────────────────────────────────────────────────────────────────────────────

def _coerce(T, S):
    """The type in which numbers of both types meet."""
    assert T is not bool
    if T is S or S is int or S is bool:
        return T
    if T is int or issubclass(S, T):
        return S
    if issubclass(T, S) or issubclass(S, int):
        return T
    if issubclass(T, int):
        return S
    for one, other in ((T, S), (S, T)):
        if issubclass(one, Fraction) and issubclass(other, float):
            return other
    raise TypeError("don't know how to coerce %s and %s" % (T.__name__, S.__name__))


def _exact_ratio(x):
    """Numerator and denominator; what is infinite or no number has the denominator None."""
    ratio = getattr(x, 'as_integer_ratio', None)
    if ratio is not None:
        try:
            return ratio()
        except (OverflowError, ValueError):
            return x, None
    if not (hasattr(x, 'numerator') and hasattr(x, 'denominator')):
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator")
    top, bottom = x.numerator, x.denominator
    return top, bottom


def _sum(data):
    """The type of the data, their exact sum, and how many there are."""
    count, kinds, parts = 0, set(), {}
    for kind, values in groupby(data, type):
        kinds.add(kind)
        for top, bottom in map(_exact_ratio, values):
            count += 1
            parts[bottom] = parts.get(bottom, 0) + top
    return _common_type(kinds), _total(parts), count


def _total(parts):
    if None in parts:
        return parts[None]
    return sum(Fraction(top, bottom) for bottom, top in parts.items())


def _common_type(kinds):
    found = int
    for kind in kinds:
        found = _coerce(found, kind)
    return found


def _ss(data, c=None):
    """The type, the sum of squared distances from the mean (or c), the mean, the count."""
    if c is not None:
        kind, squares, count = _sum((d := x - c) * d for x in data)
        return kind, squares, c, count
    count, kinds, sums, squares = 0, set(), {}, {}
    for kind, values in groupby(data, type):
        kinds.add(kind)
        for top, bottom in map(_exact_ratio, values):
            count += 1
            sums[bottom] = sums.get(bottom, 0) + top
            squares[bottom] = squares.get(bottom, 0) + top * top
    kind = _common_type(kinds)
    if not count:
        return kind, Fraction(0), Fraction(0), 0
    if None in sums:
        average = spread = sums[None]
    else:
        total = _total(sums)
        square_total = sum(Fraction(top, bottom * bottom) for bottom, top in squares.items())
        spread = (count * square_total - total * total) / count
        average = total / count
    return kind, spread, average, count


def _convert(value, T):
    """An exact value as a number of a type."""
    if type(value) is T:
        return value
    if issubclass(T, int) and value.denominator != 1:
        T = float
    try:
        return T(value)
    except TypeError:
        if issubclass(T, Decimal):
            return T(value.numerator) / value.denominator
        raise


def _fail_neg(values, errmsg='negative value'):
    for value in values:
        if not value < 0:
            yield value
        else:
            raise StatisticsError(errmsg)


def _integer_sqrt_of_frac_rto(n, m):
    """Square root of n/m, rounded to odd."""
    root = math.isqrt(n // m)
    return root | (root * root * m != n)


_ROOT_BITS = 2 * sys.float_info.mant_dig + 3


def _float_sqrt_of_frac(n, m):
    """Square root of n/m, correctly rounded."""
    shift = (n.bit_length() - m.bit_length() - _ROOT_BITS) // 2
    if shift >= 0:
        top, bottom = _integer_sqrt_of_frac_rto(n, m << 2 * shift) << shift, 1
    else:
        top, bottom = _integer_sqrt_of_frac_rto(n << -2 * shift, m), 1 << -shift
    return top / bottom


def _decimal_sqrt_of_frac(n, m):
    """Square root of n/m as a Decimal, as near as the context allows."""
    if n <= 0:
        if not n:
            return Decimal('0.0')
        n, m = -n, -m
    square = Decimal(n) / Decimal(m)
    root = square.sqrt()
    top, bottom = root.as_integer_ratio()
    above = root.next_plus()
    a, b = above.as_integer_ratio()
    if 4 * n * (bottom * b) ** 2 > m * (top * b + bottom * a) ** 2:
        return above
    below = root.next_minus()
    a, b = below.as_integer_ratio()
    if 4 * n * (bottom * b) ** 2 < m * (top * b + bottom * a) ** 2:
        return below
    return root


# ── averages ────────────────────────────────────────────────────────────────────────────────────────────────────────────

def mean(data):
    """The arithmetic mean."""
    kind, total, count = _sum(data)
    if count < 1:
        raise _too_few('mean', 1)
    return _convert(total / count, kind)


def fmean(data, weights=None):
    """The mean as a float, quickly; with weights if they are given."""
    if weights is not None:
        return _weighted(data, weights)
    values = data if hasattr(data, '__len__') else list(data)
    count = len(values)
    if not count:
        raise _too_few('fmean', 1)
    return fsum(values) / count


def _weighted(data, weights):
    values, shares = (given if isinstance(given, (list, tuple)) else list(given) for given in (data, weights))
    if len(values) != len(shares):
        raise StatisticsError("data and weights must be the same length")
    total, whole = fsum(map(operator.mul, values, shares)), fsum(shares)
    if whole:
        return total / whole
    raise StatisticsError("sum of weights must be non-zero")


def geometric_mean(data):
    """The n-th root of the product of n values."""
    try:
        average = fmean(map(log, data))
    except ValueError:
        average = None  # nothing, or what has no logarithm
    if average is None:
        raise StatisticsError('geometric mean requires a non-empty dataset containing positive numbers')
    return exp(average)


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of reciprocals, for speeds and other ratios."""
    values = list(data) if iter(data) is data else data
    complaint = 'harmonic mean does not support negative values'
    count = len(values)
    if not count:
        raise _too_few('harmonic_mean', 1)
    if weights is None:
        if count == 1:
            return _lone_value(values[0], complaint)
        shares, whole = repeat(1, count), count
    else:
        shares = list(weights) if iter(weights) is weights else weights
        if len(shares) != count:
            raise StatisticsError("Number of weights does not match data size")
        _, whole, _ = _sum(_fail_neg(shares, complaint))
    try:
        kind, total, _ = _sum(w / x if w else 0 for w, x in zip(shares, _fail_neg(values, complaint)))
    except ZeroDivisionError:
        return 0
    if not total <= 0:
        return _convert(whole / total, kind)
    raise StatisticsError("Weighted sum must be positive")


def _lone_value(value, complaint):
    if not isinstance(value, (numbers.Real, Decimal)):
        raise TypeError("unsupported type")
    if value < 0:
        raise StatisticsError(complaint)
    return value


def _in_order(data):
    """The data sorted, and where the upper half begins."""
    ordered = sorted(data)
    if not ordered:
        raise StatisticsError("no median for empty data")
    return ordered, len(ordered) // 2


def median(data):
    """The middle value, or the mean of the two middle ones."""
    ordered, half = _in_order(data)
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def median_low(data):
    """The middle value, or the smaller of the two middle ones."""
    ordered, half = _in_order(data)
    return ordered[~half]


def median_high(data):
    """The middle value, or the larger of the two middle ones."""
    ordered, half = _in_order(data)
    return ordered[half]


def median_grouped(data, interval=1.0):
    """The median of data that stand for the middles of intervals."""
    ordered, half = _in_order(data)
    middle = ordered[half]
    below = bisect_left(ordered, middle)
    same = bisect_right(ordered, middle, lo=below) - below
    try:
        width, centre = float(interval), float(middle)
    except ValueError:
        raise TypeError("Value cannot be converted to a float")
    return centre - width / 2.0 + width * (len(ordered) / 2 - below) / same


def mode(data):
    """The most frequent value, the first of them if there are several."""
    common = Counter(iter(data)).most_common(1)
    if not common:
        raise StatisticsError('no mode for empty data')
    return common[0][0]


def multimode(data):
    """All most frequent values, in the order in which they came."""
    counts = Counter(iter(data))
    if not counts:
        return []
    most = max(counts.values())
    return [value for value, count in counts.items() if count == most]


def quantiles(data, *, n=4, method='exclusive'):
    """The cut points between n groups of equal size."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    ordered = sorted(data)
    last = len(ordered) - 1
    if last < 1:
        raise StatisticsError("must have at least two data points")
    # The cuts divide this many steps: between the data, or with one more before and behind.
    if method == 'inclusive':
        steps, first = last, 0
    elif method == 'exclusive':
        steps, first = last + 2, 1
    else:
        raise ValueError("Unknown method: %r" % (method,))
    cuts = []
    for i in range(1, n):
        left = min(max(i * steps // n, first), last - 1 + first)
        share = i * steps - left * n
        low, high = ordered[left - first], ordered[left - first + 1]
        cuts.append((low * (n - share) + high * share) / n)
    return cuts


# ── spreads ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

def _mean_square(what, data, centre, sample):
    """The type, and the mean of the squared distances; for a sample one less is counted."""
    kind, squares, _, count = _ss(data, centre)
    if count <= sample:
        raise _too_few(what, sample + 1)
    return kind, squares / (count - sample)


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, value = _mean_square('variance', data, xbar, 1)
    return _convert(value, kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    kind, value = _mean_square('pvariance', data, mu, 0)
    return _convert(value, kind)


def _root(kind, value):
    take = _decimal_sqrt_of_frac if issubclass(kind, Decimal) else _float_sqrt_of_frac
    return take(value.numerator, value.denominator)


def stdev(data, xbar=None):
    """The square root of the sample's variance."""
    return _root(*_mean_square('stdev', data, xbar, 1))


def pstdev(data, mu=None):
    """The square root of the population's variance."""
    return _root(*_mean_square('pstdev', data, mu, 0))


def _mean_stdev(data):
    _, squares, average, count = _ss(data)
    if count < 2:
        raise _too_few('stdev', 2)
    spread = squares / (count - 1)
    try:
        return float(average), _float_sqrt_of_frac(spread.numerator, spread.denominator)
    except AttributeError:
        return float(average), float(average) / float(squares)  # what is no number stays none


# ── two variables ───────────────────────────────────────────────────────────────────────────────────────────────────────

def _pairs(what, x, y):
    """How many pairs the two variables make."""
    count = len(x)
    if len(y) != count:
        raise StatisticsError(f'{what} requires that both inputs have same number of data points')
    if count < 2:
        raise _too_few(what, 2)
    return count


def _distances(values):
    """The mean, and how far each value lies from it."""
    centre = fsum(values) / len(values)
    return centre, [value - centre for value in values]


def _dot(a, b):
    return fsum(map(operator.mul, a, b))


def covariance(x, y, /):
    """How two variables vary together."""
    count = _pairs('covariance', x, y)
    return _dot(_distances(x)[1], _distances(y)[1]) / (count - 1)


def correlation(x, y, /):
    """Pearson's coefficient: 1 on a rising line, -1 on a falling one."""
    _pairs('correlation', x, y)
    (_, dx), (_, dy) = map(_distances, (x, y))
    together, alone = _dot(dx, dy), sqrt(_dot(dx, dx) * _dot(dy, dy))
    if alone:
        return together / alone
    raise StatisticsError("at least one of the inputs is constant")


LinearRegression = namedtuple('LinearRegression', ('slope', 'intercept'))


def linear_regression(x, y, /, *, proportional=False):
    """Slope and intercept of the line that comes nearest to the points."""
    _pairs('linear regression', x, y)
    (xbar, dx), (ybar, dy) = ((0.0, x), (0.0, y)) if proportional else (_distances(x), _distances(y))
    width = _dot(dx, dx)
    if not width:
        raise StatisticsError("x is constant")
    slope = _dot(dx, dy) / width
    return LinearRegression(slope, 0.0 if proportional else ybar - slope * xbar)


# ── the normal distribution ─────────────────────────────────────────────────────────────────────────────────────────────

_SQRT2 = sqrt(2.0)


class NormalDist:
    """A normal distribution: NormalDist(mu=0, sigma=1)."""

    __slots__ = {'_mu': 'Arithmetic mean of a normal distribution', '_sigma': 'Standard deviation of a normal distribution'}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = map(float, (mu, sigma))

    @classmethod
    def from_samples(cls, data):
        """The distribution that data suggest."""
        centre, spread = _mean_stdev(data)
        return cls(centre, spread)

    def samples(self, n, *, seed=None):
        """So many random values."""
        source = random if seed is None else random.Random(seed)
        draw = source.gauss
        return [draw(self._mu, self._sigma) for _ in repeat(None, n)]

    def pdf(self, x):
        """How dense values are at x."""
        spread = self._sigma * self._sigma
        if not spread:
            raise _no_spread('pdf()')
        distance = x - self._mu
        return exp(distance * distance / (-2.0 * spread)) / sqrt(tau * spread)

    def cdf(self, x):
        """The probability of a value up to x."""
        width = self._sigma * _SQRT2
        if not self._sigma:
            raise _no_spread('cdf()')
        return 0.5 * (erf((x - self._mu) / width) + 1.0)

    def inv_cdf(self, p):
        """The x up to which a value comes with probability p."""
        if not 0.0 < p < 1.0 and p == p:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        centre, spread = self._mu, self._sigma
        if spread <= 0.0:
            raise StatisticsError("cdf() not defined when sigma at or below zero")
        return _normal_dist_inv_cdf(p, centre, spread)

    def quantiles(self, n=4):
        """The cut points between n groups of equal probability."""
        return list(map(self.inv_cdf, (part / n for part in range(1, n))))

    def overlap(self, other):
        """The area that both curves cover."""
        if not isinstance(other, NormalDist):
            raise TypeError(f'Expected another {NormalDist.__name__} instance')
        first, second = sorted((self, other), key=lambda d: (d._sigma, d._mu))
        v1, v2 = first.variance, second.variance
        if not v1 or not v2:
            raise _no_spread('overlap()')
        dv, dm = v2 - v1, fabs(second._mu - first._mu)
        if not dv:
            return 1.0 - erf(dm / (2.0 * first._sigma * _SQRT2))
        middle = first._mu * v2 - second._mu * v1
        away = first._sigma * second._sigma * sqrt(dm * dm + dv * log(v2 / v1))
        x1, x2 = (middle + away) / dv, (middle - away) / dv
        return 1.0 - (fabs(second.cdf(x1) - first.cdf(x1)) + fabs(second.cdf(x2) - first.cdf(x2)))

    def zscore(self, x):
        """How many standard deviations x lies above the mean."""
        spread = self._sigma
        if not spread:
            raise _no_spread('zscore()')
        return (x - self._mu) / spread

    mean = property(lambda self: self._mu, doc='Arithmetic mean of the normal distribution.')
    median = property(lambda self: self._mu, doc='Return the median of the normal distribution')
    mode = property(lambda self: self._mu, doc='Return the mode of the normal distribution')
    stdev = property(lambda self: self._sigma, doc='Standard deviation of the normal distribution.')
    variance = property(lambda self: self._sigma * self._sigma, doc='Square of the standard deviation.')

    def _moved(self, move, by):
        """The distribution of sums or differences with another, independent one, or with a constant."""
        if isinstance(by, NormalDist):
            return NormalDist(move(self._mu, by._mu), hypot(self._sigma, by._sigma))
        return NormalDist(move(self._mu, by), self._sigma)

    def _scaled(self, scale, factor):
        return NormalDist(scale(self._mu, factor), scale(self._sigma, fabs(factor)))

    def __add__(x1, x2):
        return x1._moved(operator.add, x2)

    def __sub__(x1, x2):
        return x1._moved(operator.sub, x2)

    def __mul__(x1, x2):
        return x1._scaled(operator.mul, x2)

    def __truediv__(x1, x2):
        return x1._scaled(operator.truediv, x2)

    def __pos__(x1):
        return NormalDist(*x1.__getstate__())

    def __neg__(x1):
        return x1._scaled(operator.mul, -1.0)

    __radd__ = __add__

    def __rsub__(x1, x2):
        return -(x1 - x2)

    __rmul__ = __mul__

    def __eq__(x1, x2):
        return x1.__getstate__() == x2.__getstate__() if isinstance(x2, NormalDist) else NotImplemented

    def __hash__(self):
        return hash(self.__getstate__())

    def __repr__(self):
        return '%s(mu=%r, sigma=%r)' % (type(self).__name__, *self.__getstate__())

    def __getstate__(self):
        return tuple([self._mu, self._sigma])

    def __setstate__(self, state):
        mu, sigma = state
        self._mu, self._sigma = mu, sigma
