# Three threads count in a table, in two steps.
import threading

counts = {"a": 0}


def pause():
    """Time passes here: other threads may run."""


def count(step):
    before = counts["a"]
    pause()
    counts["a"] = before + step


threads = [threading.Thread(target=count, args=(step,)) for step in (1, 10, 100)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counts["a"])
