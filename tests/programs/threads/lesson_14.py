# `n += 1` has no check point in its middle; `m = m + one()` has: CPython loses counts of m on most runs.
import sys, threading
sys.setswitchinterval(1e-6)
n = m = 0
def one(): return 1
def work():
    global n, m
    for _ in range(20_000):
        n += 1
        m = m + one()
ts = [threading.Thread(target=work) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(n == 80_000, m <= 80_000)
