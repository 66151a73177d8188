# Two threads take two locks in different order. With a pause between the two, and the argument "deadlock", none goes on.
import sys
import threading
import time

accounts, log = threading.Lock(), threading.Lock()


def transfer():
    with accounts:
        time.sleep(0.01)
        with log:
            print("transferred")


def report():
    first, second = (log, accounts) if "deadlock" in sys.argv else (accounts, log)
    with first:
        time.sleep(0.01)
        with second:
            print("reported")


threads = [threading.Thread(target=transfer), threading.Thread(target=report)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
