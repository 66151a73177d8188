"""Strings and exceptions made and dropped: what counts they leave, and who is where the last one was."""
import gc
import sys

names = [f"name{i}" for i in range(100)]
print(sys.getrefcount(names[3]))
more = [name.replace("n", "m").upper() + "!" for name in names]
del names
print(more[0], sys.getrefcount(more[0]))


def places(n):
    """How many of some strings lie where the ones before them lay."""
    first = [str(i) + "key" for i in range(n)]
    ids = [id(text) for text in first]
    del first
    second = ["%d-key" % i for i in range(n)]
    return sum(id(text) in ids for text in second), ids[0] == id(second[-1])


print(places(1), places(5), places(500))


def fail(i):
    try:
        if i % 2:
            raise ValueError(i, "odd")
        return [][i]
    except (KeyError, IndexError) as error:
        error.note = "kept"
        raise
    except ValueError as error:
        raise LookupError(i) from error


def failures(n):
    kept = []
    for i in range(n):
        try:
            fail(i)
        except LookupError as error:
            if i % 5 == 0:
                kept.append(error)
    return kept


gc.collect()
gc.disable()
count = gc.get_count()[0]
kept = failures(50)
print(len(kept), sys.getrefcount(kept[0]), sys.getrefcount(kept[0].args), kept[1].__cause__, kept[2].note)
print(gc.get_count()[0] - count)
for error in kept:
    error.__traceback__ = None
print(gc.get_count()[0] - count)
del kept, error
print(gc.get_count()[0] - count)
