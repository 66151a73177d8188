# warnings: filters, places, and how to catch them.
import sys
import warnings


def caught(function, *actions):
    with warnings.catch_warnings(record=True) as log:
        warnings.resetwarnings()
        for action in actions:
            warnings.simplefilter(*action)
        function()
    return [(w.category.__name__, str(w.message)) for w in log]


def twice():
    for _ in range(2):
        warnings.warn("again", UserWarning)


def both():
    warnings.warn("old", DeprecationWarning)
    warnings.warn("odd", RuntimeWarning)


def placed():
    warnings.warn_explicit("there", UserWarning, "somewhere.py", 7, registry={})


for text in r'''
caught(twice, ("always",))
caught(twice, ("once",)), caught(twice, ("once",))
caught(twice, ("ignore",))
caught(both, ("always",), ("ignore", DeprecationWarning))
caught(both, ("always", Warning), ("error", RuntimeWarning))
caught(placed, ("default",))
caught(lambda: warnings.warn("x"), ("always",))
caught(lambda: warnings.warn(FutureWarning("an instance")), ("always",))
warnings.warn("x", int)
warnings.warn("x", 5)
warnings.simplefilter("loud")
warnings.filterwarnings("ignore", message=5)
warnings.filterwarnings("ignore", category=int)
warnings.filterwarnings("ignore", lineno=-1)
warnings.formatwarning("told", UserWarning, "a.py", 3, "x = 1")
warnings.formatwarning("told", UserWarning, "no_such.py", 3)
str(warnings.WarningMessage("m", UserWarning, "f.py", 1))
(lambda c: (repr(c), c.__enter__(), c.__exit__()))(warnings.catch_warnings())
warnings.catch_warnings().__exit__()
(lambda c: [c.__enter__(), c.__enter__()])(warnings.catch_warnings())
repr(warnings.catch_warnings(record=True))
[f for f in warnings.filters if f[2] is ImportWarning]
warnings._deprecated("thing", remove=(3, 9))
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
