"""A small bank: accounts of several kinds, and what can go wrong with them."""


class BankError(Exception):
    """Anything that the bank refuses."""


class InsufficientFunds(BankError):
    """There is less on the account than somebody wants."""

    def __init__(self, account, amount):
        super().__init__(f"{account.owner} has {account.balance}, not {amount}")
        self.account = account
        self.missing = amount - account.balance


class Account:
    """Money that belongs to somebody. Amounts are whole cents."""

    next_number = 1001

    def __init__(self, owner, balance=0):
        self.number = Account.next_number
        Account.next_number += 1
        self.owner = owner
        self.balance = balance
        self.history = []

    def deposit(self, amount):
        if amount <= 0:
            raise BankError(f"cannot pay in {amount}")
        self.balance += amount
        self.history.append(("in", amount))

    def withdraw(self, amount):
        if amount > self.available():
            raise InsufficientFunds(self, amount)
        self.balance -= amount
        self.history.append(("out", amount))

    def available(self):
        return self.balance

    def month_end(self):
        """What happens on the last day of a month."""

    def __str__(self):
        return f"{type(self).__name__} {self.number} of {self.owner}: {self.balance}"


class Savings(Account):
    """Earns interest, and may be used only so often a month."""

    def __init__(self, owner, balance=0, percent=2):
        super().__init__(owner, balance)
        self.percent = percent
        self.uses = 0

    def withdraw(self, amount):
        if self.uses == 2:
            raise BankError(f"{self.owner} took money out twice already")
        super().withdraw(amount)
        self.uses += 1

    def month_end(self):
        self.uses = 0
        self.deposit(self.balance * self.percent // 100)


class Checking(Account):
    """May be overdrawn, for a fee."""

    fee = 5

    def __init__(self, owner, balance=0, limit=100):
        super().__init__(owner, balance)
        self.limit = limit

    def available(self):
        return self.balance + self.limit

    def month_end(self):
        if self.balance < 0:
            self.balance -= self.fee


class Bank:
    def __init__(self, name):
        self.name = name
        self.accounts = {}

    def open(self, account):
        self.accounts[account.number] = account
        return account

    def transfer(self, source, target, amount):
        """Both accounts change, or none."""
        before = source.balance
        source.withdraw(amount)
        try:
            target.deposit(amount)
        except BankError:
            source.balance = before
            raise
        finally:
            print(f"  transfer of {amount} from {source.owner} to {target.owner}")

    def month_end(self):
        for account in self.accounts.values():
            account.month_end()

    def total(self):
        return sum(account.balance for account in self.accounts.values())


def attempt(what, action, *arguments):
    """Tries something that the bank may refuse."""
    try:
        action(*arguments)
    except InsufficientFunds as error:
        print(f"  {what}: refused, {error.missing} missing")
    except BankError as error:
        print(f"  {what}: refused, {error}")
    else:
        print(f"  {what}: done")


def main():
    bank = Bank("First Bytecode Bank")
    ada = bank.open(Savings("Ada", 500))
    bob = bank.open(Checking("Bob", 50))

    attempt("Ada to Bob", bank.transfer, ada, bob, 200)
    attempt("Bob too much", bob.withdraw, 1000)
    attempt("Bob on credit", bob.withdraw, 300)
    attempt("Ada again", ada.withdraw, 50)
    attempt("Ada once more", ada.withdraw, 50)
    attempt("nothing", ada.deposit, 0)

    bank.month_end()
    for account in bank.accounts.values():
        print(account)
    print("total", bank.total())


main()
