# A producer and two consumers with a short queue between them.
import queue
import threading

line = queue.Queue(2)
eaten = []


def produce():
    for number in range(6):
        line.put(number)
    line.put(None)
    line.put(None)


def consume():
    while (number := line.get()) is not None:
        eaten.append(number)


threads = [threading.Thread(target=target) for target in (produce, consume, consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(eaten))
