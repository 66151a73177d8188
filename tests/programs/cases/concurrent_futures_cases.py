# concurrent.futures: calls elsewhere, and what they came to.
import concurrent.futures as futures
import threading
import time


def square(n):
    return n * n


def failing(n):
    raise ValueError(n)


pool = futures.ThreadPoolExecutor(2, thread_name_prefix="worker")
gate = threading.Event()
hand = futures.Future()
told = []


for text in r'''
pool.submit(square, 7).result(), pool.submit(square, n=3).result(timeout=5)
list(pool.map(square, range(5))), list(pool.map(pow, [2, 3], [3, 2]))
pool.submit(failing, 5).result()
pool.submit(failing, 5).exception()
list(pool.map(failing, [1]))
pool.submit(gate.wait).result(timeout=0.01)
[waiting := pool.submit(gate.wait), waiting.done(), waiting.cancel()][1:]
(lambda done, left: (len(done), len(left)))(*futures.wait([waiting], timeout=0.01))
gate.set(), waiting.result(), waiting.done(), waiting.running()
sorted(f.result() for f in futures.as_completed([pool.submit(square, n) for n in (3, 1, 2)]))
(lambda w: (len(w.done), w.not_done))(futures.wait([pool.submit(square, 1)], return_when=futures.ALL_COMPLETED))
hand.add_done_callback(lambda f: told.append(f.result())), hand.set_running_or_notify_cancel(), hand.set_result(9), told
hand.cancel(), hand.done(), hand.exception()
(lambda f: (f.cancel(), f.cancelled(), f.done()))(futures.Future())
(lambda f: (f.cancel(), f.result()))(futures.Future())
pool.submit(lambda: threading.current_thread().name.startswith("worker")).result()
pool.shutdown(), pool.submit(square, 1)
futures.ThreadPoolExecutor(0)
futures.wait([futures.Future()], timeout=0, return_when="SOMETIME")
len(futures.wait([hand], return_when="SOMETIME").done)
[issubclass(e, Exception) for e in (futures.CancelledError, futures.TimeoutError, futures.BrokenExecutor, futures.InvalidStateError)], futures.TimeoutError is TimeoutError
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
