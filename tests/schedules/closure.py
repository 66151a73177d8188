# A counter in a closure.
import threading


def pause():
    """Time passes here: other threads may run."""


def counter():
    n = 0

    def add(amount):
        nonlocal n
        for _ in range(2):
            before = n
            pause()
            n = before + amount

    def value():
        return n

    return add, value


add, value = counter()
threads = [threading.Thread(target=add, args=(amount,)) for amount in (1, 10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(value())
