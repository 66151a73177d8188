# Dining philosophers: each takes the fork at the left, then the one at the right. When all have taken the left one, none goes on.
# Here they wait until everybody has one fork; CPython would then wait for ever, so the last philosopher is left-handed.
import sys
import threading
import time

SEATS = 3
forks = [threading.Lock() for _ in range(SEATS)]
seated = threading.Barrier(SEATS)
meals = []


def dine(seat, first, second):
    seated.wait()
    with forks[first]:
        time.sleep(0.001)
        with forks[second]:
            meals.append(seat)


def sit_down(left_handed):
    threads = []
    for seat in range(SEATS):
        first, second = seat, (seat + 1) % SEATS
        if left_handed and seat == SEATS - 1:
            first, second = second, first
        threads.append(threading.Thread(target=dine, args=(seat, first, second), name=f"philosopher {seat}"))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


sit_down(left_handed="deadlock" not in sys.argv)
print(sorted(meals))
