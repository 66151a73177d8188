# Locks taken below native code that waits for the result: the other threads run on, and so does it when the lock is free.
import collections
import threading
import time

lock = threading.Lock()


class Key:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        with lock:
            return self.n == other.n

    def __hash__(self):
        with lock:
            return 1


log = []


def busy():
    for i in range(3):
        with lock:
            time.sleep(0.01)
            log.append(i)
        time.sleep(0.01)


def work():
    keys = collections.deque([Key(1), Key(2)])
    found.append((keys.count(Key(2)), keys.index(Key(2))))
    table = collections.OrderedDict([(Key(1), 1), (Key(2), 2), (Key(1), 3)])
    found.append((list(table.values()), table.pop(Key(2))))
    time.sleep(0.005)
    counts = collections.Counter([Key(1), Key(2), Key(1)])
    found.append(sorted(counts.values()))


found = []
threads = [threading.Thread(target=target) for target in (busy, work)]
for thread in threads:
    thread.start()
work()
for thread in threads:
    thread.join()
print(log, sorted(map(str, found)))

# One that waits there for ever does not keep the program from its end, if it is a daemon.
forever = threading.Lock()
forever.acquire()


class Never:
    def __hash__(self):
        return 1

    def __eq__(self, other):
        forever.acquire()


threading.Thread(target=lambda: collections.OrderedDict([(Never(), 1), (1, 2)]), daemon=True).start()
time.sleep(0.01)
print("the end")
