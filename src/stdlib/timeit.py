"""How long a piece of code takes.

    timeit.timeit("'-'.join(map(str, range(100)))", number=1000)    seconds for all rounds together
    timeit.repeat(f, repeat=5, number=100)
"""

import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

dummy_src_name = "<timeit-src>"
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals

template = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def reindent(src, indent):
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """A piece of code, what is done before, and a clock."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {}
        scope = _globals() if globals is None else globals
        init = ""
        before = ""
        if isinstance(setup, str):
            compile(setup, dummy_src_name, "exec")
            before = setup + "\n"
            setup_text = reindent(setup, 4)
        elif callable(setup):
            names["_setup"] = setup
            init += ", _setup=_setup"
            setup_text = "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(before + stmt, dummy_src_name, "exec")
            stmt_text = reindent(stmt, 8)
        elif callable(stmt):
            names["_stmt"] = stmt
            init += ", _stmt=_stmt"
            stmt_text = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = template.format(stmt=stmt_text, setup=setup_text, init=init)
        exec(compile(self.src, dummy_src_name, "exec"), scope, names)
        self.inner = names["inner"]

    def print_exc(self, file=None):
        """Print the exception that the code raised, with its lines."""
        import linecache
        import traceback
        if self.src is not None:
            linecache.cache[dummy_src_name] = len(self.src), None, self.src.split("\n"), dummy_src_name
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds for so many rounds; the collector rests meanwhile."""
        was_on = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if was_on:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """As many rounds as take at least 0.2 seconds: their number, and the time."""
        scale = 1
        while True:
            for digit in 1, 2, 5:
                number = scale * digit
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken
            scale *= 10


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat, number=default_number, globals=None):
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None, *, _wrap_timer=None):
    """python -m timeit [-n N] [-r N] [-s SETUP] [-u UNIT] [-p] [-v] [STATEMENT ...]"""
    import argparse
    parser = argparse.ArgumentParser(prog="timeit")
    parser.add_argument("-n", "--number", type=int, default=0)
    parser.add_argument("-r", "--repeat", type=int, default=default_repeat)
    parser.add_argument("-s", "--setup", action="append", default=[])
    parser.add_argument("-u", "--unit", choices=("nsec", "usec", "msec", "sec"))
    parser.add_argument("-p", "--process", action="store_true")
    parser.add_argument("-v", "--verbose", action="count", default=0)
    parser.add_argument("statement", nargs="*")
    given = parser.parse_args(sys.argv[1:] if args is None else args)
    clock = time.process_time if given.process else default_timer
    timer = Timer("\n".join(given.statement) or "pass", "\n".join(given.setup) or "pass", _wrap_timer(clock) if _wrap_timer else clock)
    digits = 3 + 2 * (given.verbose > 1)
    units = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}

    def shown(seconds):
        unit = given.unit or next((name for name in ("sec", "msec", "usec") if seconds >= units[name]), "nsec")
        return f"{seconds / units[unit]:.{digits}g} {unit}"

    number = given.number
    if not number:
        def told(number, taken):
            print(f"{number} loop{'' if number == 1 else 's'} -> {taken:.{digits}g} secs")
        try:
            number, _ = timer.autorange(told if given.verbose else None)
        except:
            timer.print_exc()
            return 1
        if given.verbose:
            print()
    try:
        taken = timer.repeat(max(given.repeat, 1), number)
    except:
        timer.print_exc()
        return 1
    if given.verbose:
        print(f"raw times: {', '.join(map(shown, taken))}\n")
    each = [seconds / number for seconds in taken]
    best = min(each)
    print(f"{number} loop{'' if number == 1 else 's'}, best of {len(each)}: {shown(best)} per loop")
    worst = max(each)
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(f"The test results are likely unreliable. The worst time ({shown(worst)}) was more than four times slower "
                               f"than the best time ({shown(best)}).", UserWarning, "", 0)
    return None


if __name__ == "__main__":
    sys.exit(main())
