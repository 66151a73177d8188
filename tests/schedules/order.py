# In which order threads come to a place, and who takes a lock first.
import threading

lock = threading.Lock()
seen = []


def pause():
    """Time passes here: other threads may run."""


def visit(name):
    seen.append(name)
    pause()
    with lock:
        pause()
        seen.append(name.upper())


threads = [threading.Thread(target=visit, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
seen.append("main")
for thread in threads:
    thread.join()
print(*seen)
