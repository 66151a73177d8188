"""Names and attributes that are nearly right."""

import math
class Account:
    def __init__(self): self.balance = 1
    def deposit(self): pass
total = 1
def f(length):
    return lenght
for call in (lambda: Account().balanse, lambda: totl, lambda: f(1), lambda: [].apend, lambda: "".uper, lambda: math.squareroot, lambda: pritn, lambda: Account().depositt, lambda: {}.item):
    try:
        call()
    except (NameError, AttributeError) as error:
        print(error, "|", error.name)
acc = Account()
acc.balence
