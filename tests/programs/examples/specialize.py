"""A loop whose instructions find quick forms, until a float comes along."""


class Account:
    def __init__(self, balance):
        self.balance = balance

    def fee(self):
        return 1


def total(accounts):
    result = 0
    for account in accounts:
        result = result + account.balance
        result = result - account.fee()
    return result


accounts = [Account(10 * n) for n in range(12)]
for month in range(6):
    print(month, total(accounts))

accounts[3].balance = 2.5
for month in range(6, 12):
    print(month, total(accounts))
