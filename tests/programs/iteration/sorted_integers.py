"""Sorting integers: near each other and far apart, with equals, both ways round; equals keep their order."""
import random

random.seed(2)
count = 0
for low, high in ((0, 10), (-5, 5), (-2**31, 2**31 - 1), (-2**31, 2**31), (0, 2**32 - 1), (0, 2**32), (-2**63, 2**63 - 1), (-2**62, 2**70)):
    for n in (0, 1, 2, 3, 10, 200):
        data = [random.randint(low, high) for _ in range(n)]
        if n > 2:
            data[1], data[2] = low, high
        for reverse in (False, True):
            pairs = sorted(enumerate(data), key=lambda pair: pair[1], reverse=reverse)
            for (i, a), (j, b) in zip(pairs, pairs[1:]):
                assert (a > b if reverse else a < b) or a == b and i < j, (low, high, n)
            assert sorted(data, reverse=reverse) == [value for _, value in pairs]
            data_too = list(data)
            data_too.sort(reverse=reverse)
            assert data_too == [value for _, value in pairs]
            count += 1
print(count, sorted([3, True, 2, False]), sorted([2**64, 1, -2**64, 0]))
