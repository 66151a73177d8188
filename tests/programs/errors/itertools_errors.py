"""itertools."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import itertools as it
attempt(lambda: list(it.islice([1, 2], -1)), lambda: it.islice([1], "a"), lambda: it.islice([1]), lambda: list(it.islice([1, 2, 3], 0, 3, 0)), lambda: it.count("a"), lambda: it.repeat(), lambda: it.repeat(1, "a"), lambda: it.cycle(5), lambda: list(it.chain(5)), lambda: list(it.chain.from_iterable([5])), lambda: it.combinations([1], -1), lambda: it.combinations([1]), lambda: it.permutations([1], -1),
        lambda: it.product([1], repeat=-1), lambda: it.product(5), lambda: it.product([1], x=1), lambda: list(it.groupby(5)), lambda: it.tee([1], -1), lambda: it.tee(5), lambda: list(it.accumulate([1, "a"])), lambda: list(it.starmap(pow, [1])), lambda: list(it.zip_longest(5)), lambda: it.zip_longest([1], x=1), lambda: it.compress([1]), lambda: it.pairwise(), lambda: list(it.takewhile(5, [1])), lambda: list(it.dropwhile(None, [1])), lambda: list(it.filterfalse(5, [1])))
list(it.starmap(pow, [(2, "a")]))
