# Signals: handlers, names, raise_signal; atexit in the end.
import atexit
import signal
import threading


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


def handler(number, frame):
    print("handler", number, frame.f_code.co_name)


case("signal.getsignal(signal.SIGINT) is signal.default_int_handler")
case("signal.signal(signal.SIGUSR1, handler)")
case("signal.getsignal(signal.SIGUSR1) is handler")
case("signal.raise_signal(signal.SIGUSR1)")
case("signal.SIGINT, signal.Signals(15), int(signal.SIGTERM), signal.SIGINT.name")
case("signal.Signals(99)")
case("signal.signal(99, handler)")
case("signal.signal(signal.SIGKILL, handler)")
case("signal.signal(signal.SIGINT, 'x')")
case("signal.raise_signal(signal.SIGINT)")
case("signal.default_int_handler(2, None)")
case("signal.signal(signal.SIGINT, signal.SIG_IGN) is signal.default_int_handler")
case("signal.raise_signal(signal.SIGINT)")
case("signal.signal(signal.SIGINT, handler)")
case("signal.raise_signal(signal.SIGINT)")
case("signal.strsignal(2)")
thread = threading.Thread(target=lambda: case("signal.signal(signal.SIGINT, handler)"))
thread.start()
thread.join()
import _thread

thread = threading.Thread(target=_thread.interrupt_main)
thread.start()
thread.join()
for _ in range(10):
    pass
atexit.register(print, "bye", sep="!")


@atexit.register
def last():
    print("registered last, called first")


atexit.register(print, "never")
atexit.unregister(print)
atexit.register(print, "good", "bye")
print("end")
