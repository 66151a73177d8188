# Who looks whether something is there, and makes it if it is not, may not be alone with that.
import threading

made = []
cache = {}
used = {}


def pause():
    """Time passes here: other threads may run."""


def make(name):
    made.append(name)
    pause()
    return name


def get(name):
    if "value" not in cache:
        pause()
        cache["value"] = make(name)
    return cache["value"]


def use(name):
    pause()
    used[name] = get(name)


threads = [threading.Thread(target=use, args=(name,)) for name in "ab"]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(made, sorted(used.items()))
