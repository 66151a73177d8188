import sys


class Account:
    def __init__(self, owner, amount):
        self.owner = owner
        self.amount = amount

    def withdraw(self, amount):
        if amount > self.amount:
            raise ValueError("too little")
        self.amount -= amount
        return self.amount


def main():
    account = Account("Ada", 100)
    history = []
    for amount in [10, 20, 30]:
        left = account.withdraw(amount)
        history.append(left)
        print("left", left)
    names = {"a": [1, 2], "b": ("x",)}
    try:
        account.withdraw(1000)
    except ValueError as error:
        print(error, file=sys.stderr)
    return names


main()
print("done")
