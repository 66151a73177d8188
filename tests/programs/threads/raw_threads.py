# _thread, without threading.
import _thread
import time


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


def f(*args, **kwargs):
    results.append((args, kwargs))
    done.release()


results, done = [], _thread.allocate_lock()
done.acquire()
case("_thread._count()")
case("type(_thread.start_new_thread(f, (1, 2), {'x': 3}))")
done.acquire()
print(results)
case("_thread.start_new_thread(1, ())")
case("_thread.start_new_thread(f, [])")
case("_thread.start_new_thread(f, (), [])")
case("_thread.start_new_thread(f)")
case("_thread.exit()")
case("_thread.interrupt_main(99)")
case("_thread.TIMEOUT_MAX > 1e9, _thread.error")
case("_thread.get_ident() != 0, _thread.stack_size()")


def leave():
    done.release()
    _thread.exit()
    print("not reached")


_thread.start_new_thread(leave, ())
done.acquire()


# Ident numbers of threads that live at the same time differ.
idents = []
hold = _thread.allocate_lock()
hold.acquire()


def note():
    idents.append(_thread.get_ident())
    with hold:
        pass


for _ in range(3):
    _thread.start_new_thread(note, ())
while len(idents) < 3:
    time.sleep(0.001)
hold.release()
print(len(set(idents)))
