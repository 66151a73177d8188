# Two threads add to an attribute that they have read before.
import threading


def pause():
    """Time passes here: other threads may run."""


class Account:
    def __init__(self):
        self.balance = 0


def interest(balance, amount):
    pause()
    return balance + amount


def deposit(account, amount):
    for _ in range(2):
        account.balance = interest(account.balance, amount)


account = Account()
threads = [threading.Thread(target=deposit, args=(account, amount)) for amount in (1, 10)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(account.balance)
