# signal: handlers in one's own program.
import signal
import threading

got = []


def handler(number, frame):
    got.append((signal.Signals(number).name, frame.f_code.co_name))


for text in r'''
signal.SIGINT, signal.SIGTERM.value, signal.Signals(9), signal.SIGALRM.name
signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.getsignal(signal.SIGUSR1), signal.getsignal(signal.SIGPIPE)
signal.signal(signal.SIGUSR1, handler), signal.getsignal(signal.SIGUSR1) is handler
signal.raise_signal(signal.SIGUSR1), got
signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler, signal.raise_signal(signal.SIGUSR1), got
signal.signal(signal.SIGUSR1, 5)
signal.signal(99, handler)
signal.signal(signal.SIGKILL, handler)
signal.signal("SIGINT", handler)
signal.raise_signal(signal.SIGINT)
signal.strsignal(signal.SIGTERM), signal.strsignal(2), signal.strsignal(11)
signal.strsignal(0)
signal.SIGINT in signal.valid_signals(), len(signal.valid_signals())
(lambda told: [(t := threading.Thread(target=lambda: told.append(refused()))).start(), t.join(), told])([]) if [refused := lambda: [e for e in [None] if not called()]] and [called := lambda: not threading.current_thread() is threading.main_thread()] else None
signal.alarm(5), 4 <= signal.alarm(0) <= 5, signal.alarm(0)
signal.setitimer(signal.ITIMER_REAL, 3, 1), signal.getitimer(signal.ITIMER_REAL)[1], signal.setitimer(signal.ITIMER_REAL, 0)[1], signal.getitimer(signal.ITIMER_REAL)
signal.setitimer(signal.ITIMER_REAL, -1)
signal.getitimer(9)
signal.signal(signal.SIGUSR2, handler), signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR2})
signal.raise_signal(signal.SIGUSR2), got[1:], signal.sigpending()
signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGUSR2]), [name for name, _ in got]
signal.pthread_kill(threading.get_ident(), signal.SIGUSR2), len(got)
signal.ItimerError.__mro__[1], signal.SIG_DFL, signal.SIG_BLOCK, signal.SIGIOT
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
