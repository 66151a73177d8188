# atexit: what is called at the end. The last lines are printed then.
import atexit

told = []


def tell(*args, **kwargs):
    told.append((args, kwargs))


class Same:
    def __init__(self, name):
        self.name = name

    def __call__(self):
        told.append(self.name)

    def __eq__(self, other):
        return isinstance(other, Same)


def failing():
    raise ValueError("on the way out")


@atexit.register
def last():
    print("printed last", told[-1:])


for text in r'''
atexit.register(tell, 1, k=2) is tell
atexit._run_exitfuncs(), told
atexit._ncallbacks()
[atexit.register(tell, "a"), atexit.register(tell, "b"), atexit._run_exitfuncs(), told[1:]][2:]
[atexit.register(tell, "gone"), atexit.unregister(tell), atexit._run_exitfuncs(), told[3:]][1:]
atexit.unregister("never there")
atexit.register(Same("one")).name, atexit.unregister(Same("two")), atexit._run_exitfuncs(), told[3:]
atexit.register(5)
atexit.register()
[atexit.register(tell, "cleared"), atexit._clear(), atexit._ncallbacks(), atexit._run_exitfuncs(), told[3:]][1:]
[atexit.register(print, "printed", "by hand", sep="-"), atexit._run_exitfuncs()][1:]
atexit.register(last) is last, atexit.register(lambda: print("first of all")) is None, atexit._ncallbacks()
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
