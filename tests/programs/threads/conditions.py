# Condition, Event, Semaphore, Barrier, Timer.
import threading
import time


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


def start(target, *args):
    thread = threading.Thread(target=target, args=args)
    thread.start()
    return thread


condition = threading.Condition()
case("condition.wait()")
case("condition.notify()")
case("repr(condition).rsplit(',')[1]")
with condition:
    case("condition.wait(0.01)")
    case("condition.wait(0)")
    case("condition.wait_for(lambda: False, 0.01)")
    case("condition.wait_for(lambda: 5)")

items = []
log = []


def consumer():
    with condition:
        while not items:
            condition.wait()
        log.append(items.pop())


threads = [start(consumer) for _ in range(3)]
for value in range(3):
    with condition:
        items.append(value)
        condition.notify()
for thread in threads:
    thread.join()
print(sorted(log))

ready = 0


def wait_for_all():
    global ready
    with condition:
        ready += 1
        condition.notify_all()
        condition.wait_for(lambda: ready == 3)
        log.append("through")


threads = [start(wait_for_all) for _ in range(3)]
for thread in threads:
    thread.join()
print(log[3:])

event = threading.Event()
case("event.is_set(), event.wait(0.01)")
case("repr(event).split(': ')[1]")
event.set()
case("event.is_set(), event.wait()")
event.clear()
case("event.is_set()")

case("threading.Semaphore(-1)")
semaphore = threading.Semaphore(2)
case("semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False)")
case("semaphore.acquire(timeout=0.01)")
case("semaphore.acquire(False, 1)")
case("semaphore.release(0)")
case("semaphore.release(2)")
case("repr(semaphore).split(': ')[1]")
bounded = threading.BoundedSemaphore(1)
case("bounded.release()")
case("repr(bounded).split(': ')[1]")
inside = most = 0
guard = threading.Lock()


def visit():
    global inside, most
    with semaphore:
        with guard:
            inside += 1
            most = max(most, inside)
        time.sleep(0.01)
        with guard:
            inside -= 1


threads = [start(visit) for _ in range(5)]
for thread in threads:
    thread.join()
print("at most", most)

barrier = threading.Barrier(3, action=lambda: log.append("action"))
numbers = []


def meet():
    for _ in range(2):
        numbers.append(barrier.wait())


threads = [start(meet) for _ in range(3)]
for thread in threads:
    thread.join()
print(sorted(numbers), log[-2:], barrier.n_waiting, barrier.broken, barrier.parties)
case("barrier.wait(0.01)")
case("barrier.broken, barrier.reset(), barrier.broken")
broken = []


def meet_broken():
    try:
        barrier.wait()
    except threading.BrokenBarrierError:
        broken.append(True)


thread = start(meet_broken)
while not barrier.n_waiting:
    time.sleep(0.001)
barrier.abort()
thread.join()
print(broken, barrier.broken)

timer = threading.Timer(0.01, print, ["timer", "rings"], {"sep": "-"})
timer.start()
timer.join()
timer = threading.Timer(10, print, ["never"])
timer.start()
timer.cancel()
timer.join()
print("cancelled")
