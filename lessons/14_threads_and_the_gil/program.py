import sys, threading
sys.setswitchinterval(1e-6)
n = m = 0
def one(): return 1
def work():
    global n, m
    for _ in range(70_000):
        n += 1
        m = m + one()
ts = [threading.Thread(target=work) for _ in range(4)]
for t in ts: t.start()
for t in ts: t.join()
print(n == 280_000, m == 280_000)
