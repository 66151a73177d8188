def make_adder(n, step=[1]):
    def add(y):
        return y + n * step[0]
    return add
a = make_adder(4)
b = make_adder(5)
print(a is b, a.__code__ is b.__code__)
print(a(1), b(1), a.__code__.co_freevars)
print(make_adder.__defaults__, make_adder.__code__.co_cellvars)
