# What the collector has counted when a program begins: the start, and what its compilation has left.
import gc

print(gc.get_count())


def f(a, b=2):
    def g():
        return [a, b]

    return g


class A:
    def m(self):
        return (1, 2, 3)
