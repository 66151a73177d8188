# A thread may park in the middle of native code that has called Python: sort keys, hashes, comparisons, imports, finalizers.
import threading


def run(*targets):
    threads = [threading.Thread(target=target) for target in targets]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


lock = threading.Lock()
turn = threading.Barrier(2)


def key(x):
    turn.wait()
    with lock:
        return -x


results = {}


def sort(name):
    def go():
        results[name] = sorted([3, 1, 2], key=key)

    return go


run(sort("a"), sort("b"))
print(results)


class Slow:
    def __init__(self, value):
        turn.wait()
        self.value = value

    def __hash__(self):
        turn.wait()
        return 1

    def __eq__(self, other):
        turn.wait()
        return self.value == other.value

    def __repr__(self):
        turn.wait()
        return f"Slow({self.value})"

    def __del__(self):
        results["dead"] = results.get("dead", 0) + 1


def table(name):
    def go():
        made = {Slow(n): n for n in range(3)}
        results[name] = repr(list(made)), max(made.values())

    return go


run(table("a"), table("b"))
print(results["a"], results["b"], results["dead"])


def generator():
    for n in range(3):
        turn.wait()
        yield n


def consume(name):
    def go():
        results[name] = sum(generator()), list(map(lambda x: (turn.wait(), x)[1], range(2))), ",".join(str(n) for n in generator())

    return go


run(consume("a"), consume("b"))
print(results["a"], results["b"])


# One generator cannot run in two threads at once.
inside, done = threading.Event(), threading.Event()


def waiting():
    inside.set()
    done.wait()
    yield 1


shared = waiting()


def second():
    inside.wait()
    try:
        next(shared)
    except ValueError as error:
        print(error)
    done.set()


run(lambda: print("got", next(shared)), second)


# Exceptions that are handled belong to their thread.
import sys


def handler():
    try:
        raise KeyError("mine")
    except KeyError:
        turn.wait()
        turn.wait()
        results["handler"] = repr(sys.exc_info()[1])


def other():
    turn.wait()
    results["other"] = sys.exc_info()
    try:
        raise
    except RuntimeError as error:
        results["bare"] = str(error)
    turn.wait()


run(handler, other)
print(results["handler"], results["other"], results["bare"])


# So does what is being shown, and how deep a thread is.
class Cycle(list):
    def __repr__(self):
        turn.wait()
        return list.__repr__(self)


both = Cycle()
both.append(both)
run(lambda: results.update(one=len(list.__repr__([1]))), lambda: None)


def deep(n=0):
    try:
        return deep(n + 1)
    except RecursionError:
        return n


depths = []
run(lambda: depths.append(deep()), lambda: depths.append(deep()))
print(depths[0] == depths[1], 900 < depths[0] < 1000)
