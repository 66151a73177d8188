# Names, states, arguments, results; daemons; what may be done when.
import threading
import time


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


def work(*args, **kwargs):
    print("work", args, kwargs, threading.current_thread().name)


thread = threading.Thread(target=work, args=(1, 2), kwargs={"x": 3})
case("thread.name, thread.ident, thread.daemon, thread.is_alive()")
case("repr(thread)")
case("thread.join()")
thread.start()
thread.join()
case("thread.is_alive(), thread.ident is None")
case("thread.start()")
case("repr(thread).split()[1]")
case("thread.join()")
case("setattr(thread, 'daemon', True)")
case("threading.Thread(group=1)")
case("threading.current_thread().join()")
case("threading.main_thread() is threading.current_thread()")
case("threading.active_count(), [t.name for t in threading.enumerate()]")
case("threading.get_ident() == threading.main_thread().ident")
named = threading.Thread(name="Anna", daemon=True)
case("named.name, named.daemon, named.run()")
named.name = 7
case("named.name")


class Sub(threading.Thread):
    def run(self):
        print("run of", self.name, self is threading.current_thread(), self.daemon)


sub = Sub(name="sub")
sub.start()
sub.join()


class Forgetful(threading.Thread):
    def __init__(self):
        pass


case("Forgetful().start()")
case("Forgetful().name")

gate = threading.Event()
waiting = threading.Thread(target=gate.wait)
waiting.start()
case("waiting.is_alive(), waiting.join(0.01), waiting.is_alive()")
case("threading.active_count()")
gate.set()
waiting.join()
case("waiting.is_alive()")

# A thread that starts a thread: it is a daemon if its maker is.
def start_another():
    inner = threading.Thread(target=lambda: None)
    print("inner is daemon:", inner.daemon)
    inner.start()
    inner.join()


daemon = threading.Thread(target=start_another, daemon=True)
daemon.start()
daemon.join()


def exit_quietly():
    print("before exit")
    raise SystemExit(3)


thread = threading.Thread(target=exit_quietly)
thread.start()
thread.join()


# An exception ends the thread, not the program.
def hook(args):
    print("hook:", args.exc_type.__name__, args.exc_value, args.thread.name, len(args))


threading.excepthook = hook
thread = threading.Thread(target=lambda: 1 / 0, name="divider")
thread.start()
thread.join()
case("thread.is_alive()")

threading.Thread(target=lambda: (time.sleep(10), print("never")), daemon=True).start()
threading.Thread(target=lambda: (time.sleep(0.05), print("the program waits for this"))).start()
print("end of main")
