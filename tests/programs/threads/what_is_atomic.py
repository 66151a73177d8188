# Single operations of builtin types are not torn apart, whatever the switch interval.
import sys
import threading

sys.setswitchinterval(1e-6)
print(sys.getswitchinterval())
numbers, table, total = [], {}, 0
lock = threading.Lock()


def work(me):
    global total
    for n in range(3000):
        numbers.append(n)
        table[me, n] = n
        with lock:
            total = total + one()


def one():
    return 1


threads = [threading.Thread(target=work, args=(me,)) for me in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(numbers), sum(numbers), len(table), total)
for bad in 0, -1, "x":
    try:
        sys.setswitchinterval(bad)
    except Exception as error:
        print(type(error).__name__, error)
sys.setswitchinterval(0.005)
print(sys.getswitchinterval())
