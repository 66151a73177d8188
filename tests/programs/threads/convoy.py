# A convoy: a thread that computes holds the GIL for a whole interval, each time that another one comes back from a short wait.
import threading
import time

stop = False
waits = 0


def compute():
    while not stop:
        sum(range(10))


def wait_often():
    global stop, waits
    for _ in range(5):
        time.sleep(0.0001)
        waits += 1
    stop = True


threads = [threading.Thread(target=compute), threading.Thread(target=wait_often)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(waits)
