# threading.local: other attributes in each thread.
import threading


def run(target):
    thread = threading.Thread(target=target)
    thread.start()
    thread.join()


data = threading.local()
data.x = 1


def look():
    print(hasattr(data, "x"), data.__dict__)
    data.x = 2
    data.y = 3
    print(data.x, sorted(data.__dict__))


run(look)
run(look)
print(data.x, hasattr(data, "y"))
del data.x
print(hasattr(data, "x"))
try:
    data.x
except AttributeError as error:
    print(error)
try:
    data.__dict__ = {}
except AttributeError as error:
    print(error)
try:
    threading.local(1)
except TypeError as error:
    print(error)


class Own(threading.local):
    shared = []

    def __init__(self, start, step=1):
        print("init in", threading.current_thread().name)
        self.number = start
        self.step = step

    def next(self):
        self.number += self.step
        return self.number


own = Own(10, step=5)
print(own.next(), own.next())


def count():
    print(own.next(), own.__dict__)


run(count)
run(count)
print(own.next(), own.shared is Own.shared)


# What a thread kept dies with it.
class Noisy:
    def __del__(self):
        print("noisy dies")


def keep():
    data.noisy = Noisy()


run(keep)
print("end")
