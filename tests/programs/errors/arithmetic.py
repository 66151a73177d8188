"""Operators on operands that do not fit."""

import operator
values = [1, 2.5, 1j, "s", b"b", [1], (1,), {1: 2}, {1}, None, True, range(3)]
for op in (operator.add, operator.sub, operator.mul, operator.truediv, operator.mod, operator.pow, operator.lshift, operator.and_,
           operator.matmul, operator.floordiv):
    for a in values:
        for b in values:
            try:
                result = repr(op(a, b))
            except Exception as error:
                result = type(error).__name__ + ": " + str(error)
            print(op.__name__, repr(a), repr(b), result[:90])
x = [1]
x -= 2
