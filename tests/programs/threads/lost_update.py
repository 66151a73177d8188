# Two threads add to a balance that they have read before: one of the additions may be lost.
import threading

balance = 0


def plus(old, amount):
    return old + amount


def deposit(amount):
    global balance
    balance = plus(balance, amount)


threads = [threading.Thread(target=deposit, args=(amount,)) for amount in (10, 20)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(balance)
