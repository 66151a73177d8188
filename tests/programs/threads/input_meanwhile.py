# Who waits for a line of input has released the GIL.
import sys
import threading

done = False


def wait():
    while not done:
        pass


threads = [threading.Thread(target=wait) for _ in range(2)]
for thread in threads:
    thread.start()
name = input()
rest = sys.stdin.readline()
done = True
for thread in threads:
    thread.join()
print("hello", name, repr(rest))
