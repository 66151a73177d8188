# The four kinds of queues, between threads and alone.
import queue
import threading


def case(text):
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)


q = queue.Queue(2)
case("q.put(1), q.put(2), q.full(), q.qsize(), q.empty()")
case("q.put_nowait(3)")
case("q.put(3, timeout=0.01)")
case("q.put(3, False)")
case("q.put(3, timeout=-1)")
case("q.get(), q.get()")
case("q.get_nowait()")
case("q.get(timeout=0.01)")
case("q.get(timeout=-1)")
case("q.task_done(), q.task_done()")
case("q.task_done()")
case("queue.Empty.__module__, queue.Full.__mro__")
p = queue.PriorityQueue()
for item in (3, "c"), (1, "a"), (2, "b"):
    p.put(item)
case("[p.get() for _ in range(3)]")
l = queue.LifoQueue()
for item in 1, 2, 3:
    l.put(item)
case("[l.get() for _ in range(3)]")
s = queue.SimpleQueue()
case("s.put(1), s.qsize(), s.empty(), s.get(), s.empty()")
case("s.get_nowait()")
case("s.get(timeout=0.01)")
case("s.get(timeout=-1)")
case("queue.Queue[int]")


def pipeline(make):
    first, second = make(), make()

    def double():
        while (item := first.get()) is not None:
            second.put(item * 2)
        second.put(None)

    thread = threading.Thread(target=double)
    thread.start()
    for item in range(6):
        first.put(item)
    first.put(None)
    got = []
    while (item := second.get()) is not None:
        got.append(item)
    thread.join()
    return got


case("pipeline(queue.Queue)")
case("pipeline(lambda: queue.Queue(7))")
case("pipeline(queue.SimpleQueue)")

work = queue.Queue()
done = []


def worker():
    while True:
        item = work.get()
        done.append(item)
        work.task_done()


for _ in range(3):
    threading.Thread(target=worker, daemon=True).start()
for item in range(10):
    work.put(item)
work.join()
case("sorted(done), work.unfinished_tasks")
