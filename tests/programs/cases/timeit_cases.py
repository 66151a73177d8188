# timeit: how long something takes, by a clock of one's own.
import contextlib
import io
import itertools
import timeit

ran = []


def clock():
    """Each look at it is a second later."""
    return next(seconds)


seconds = itertools.count()


def told(*args):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        status = timeit.main(args)
    return status, out.getvalue().splitlines()[:2]


def loops(text):
    return text[1][0].split(",")[0]


for text in r'''
timeit.timeit("pass", timer=clock), timeit.timeit("pass", timer=clock, number=5)
timeit.repeat("pass", timer=clock, repeat=3, number=2)
timeit.timeit(lambda: ran.append(1), timer=clock, number=4), len(ran)
timeit.timeit("found.append(k)", "k = 5", timer=clock, number=2, globals={"found": ran}), ran[4:]
timeit.Timer("x = y", "y = 2", timer=clock).timeit(3)
timeit.Timer("no_such_name", timer=clock).timeit(1)
timeit.Timer("for")
timeit.Timer(5)
timeit.Timer("pass", 5)
timeit.Timer("pass", timer=clock).autorange(), timeit.Timer("pass", timer=clock).repeat(2, 1)
(lambda calls: (timeit.Timer("pass", timer=clock).autorange(lambda n, t: calls.append((n, t))), calls))([])
timeit.default_timer is __import__("time").perf_counter, timeit.default_number, timeit.default_repeat, timeit.template.split()[0]
timeit.Timer("pass", "pass").src.splitlines()[1:4]
loops(told("-n", "3", "-r", "1", "pass")), loops(told("-n1", "-u", "sec", "pass"))
told("-n", "1", "no_such_name")[0]
sorted(timeit.__all__)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
