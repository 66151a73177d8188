# KeyboardInterrupt goes to the main thread, wherever it is.
import _thread
import threading
import time

ready = threading.Event()


def poke():
    ready.wait()
    time.sleep(0.01)
    _thread.interrupt_main()


thread = threading.Thread(target=poke)
thread.start()
try:
    ready.set()
    while True:
        pass
except KeyboardInterrupt:
    print("interrupted in a loop")
thread.join()
try:
    _thread.interrupt_main()
    for _ in range(1000):
        pass
    print("not reached")
except KeyboardInterrupt:
    print("interrupted by itself")
