# What a lock does, alone and between two threads.
import _thread
import threading


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


lock = threading.Lock()
case("lock.acquire()")
case("lock.locked()")
case("lock.acquire(False)")
case("lock.acquire(blocking=False)")
case("lock.acquire(timeout=0.01)")
case("lock.acquire(False, 1)")
case("lock.acquire(timeout=-2)")
case("lock.acquire(timeout=1e20)")
case("lock.acquire('x')")
case("lock.release()")
case("lock.release()")
case("lock.locked()")
case("type(lock)")
case("type(lock)()")
case("_thread.LockType is type(lock)")
case("_thread.allocate_lock(1)")
with lock as taken:
    print("with gives", taken, lock.locked())
print(lock.locked())

again = threading.RLock()
case("again.acquire(), again.acquire(), again._recursion_count()")
case("again.release(), again.release()")
case("again.release()")
case("repr(again).split(' at ')[0]")

# Released by another thread than took it: a lock may be, an RLock not.
lock.acquire()
threading.Thread(target=lock.release).start()
case("lock.acquire(timeout=5)")
lock.release()
again.acquire()


def release_foreign():
    case("again.release()")
    case("again.acquire(False)")
    case("again._is_owned()")


thread = threading.Thread(target=release_foreign)
thread.start()
thread.join()
again.release()

# It is handed from one to the next.
order = []
lock.acquire()


def take(name):
    with lock:
        order.append(name)


threads = [threading.Thread(target=take, args=(name,)) for name in "abc"]
for thread in threads:
    thread.start()
print(order)
lock.release()
for thread in threads:
    thread.join()
print(sorted(order))
