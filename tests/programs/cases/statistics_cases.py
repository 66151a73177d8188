# statistics: averages, spreads, and what they need.
import statistics
from fractions import Fraction
from decimal import Decimal


for text in r'''
statistics.mean([1, 2, 3, 4, 4])
statistics.mean([Fraction(1, 2), Fraction(1, 3)]), statistics.mean([Decimal("0.5"), Decimal("0.75")])
statistics.mean([])
statistics.fmean([3.5, 4.0, 5.25]), statistics.fmean([1, 2], weights=[3, 1])
statistics.geometric_mean([54, 24, 36])
statistics.harmonic_mean([40, 60]), statistics.harmonic_mean([40, 60], weights=[5, 30])
statistics.median([1, 3, 5]), statistics.median([1, 3, 5, 7]), statistics.median_low([1, 3, 5, 7]), statistics.median_high([1, 3, 5, 7])
statistics.median_grouped([52, 52, 53, 54]), statistics.median_grouped([1, 3, 3, 5, 7], interval=2)
statistics.mode("aabbbc"), statistics.multimode("aabbbbccddddeeffffgg"), statistics.multimode("")
statistics.mode([])
statistics.pstdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75]), statistics.stdev([1.5, 2.5, 2.5, 2.75, 3.25, 4.75])
statistics.variance([2.75, 1.75, 1.25, 0.25, 0.5, 1.25, 3.5]), statistics.pvariance([0.0, 0.25, 0.25, 1.25])
statistics.variance([1])
statistics.variance([Fraction(1, 6), Fraction(1, 2), Fraction(5, 3)])
statistics.quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), statistics.quantiles([1, 2, 3], n=2, method="inclusive")
statistics.quantiles([1], n=4)
statistics.covariance([1, 2, 3], [1, 5, 7]), statistics.correlation([1, 2, 3], [3, 2, 1])
statistics.correlation([1, 1], [2, 3])
statistics.linear_regression([1, 2, 3], [5, 7, 9])
statistics.linear_regression([1, 2, 3], [2, 4, 6], proportional=True)
statistics.NormalDist(100, 15).cdf(130), statistics.NormalDist().inv_cdf(0.975)
statistics.NormalDist(1, 2) + statistics.NormalDist(3, 4), statistics.NormalDist(1, 2) * 3, -statistics.NormalDist(1, 2)
statistics.NormalDist.from_samples([70, 80, 90]), statistics.NormalDist(0, 1).overlap(statistics.NormalDist(1, 1))
statistics.NormalDist(0, -1)
statistics.NormalDist(5, 2).quantiles(4), statistics.NormalDist(5, 2).zscore(9), statistics.NormalDist(5, 2).pdf(5)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
