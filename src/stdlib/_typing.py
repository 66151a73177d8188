"""What typing has in C: a function that gives back what it is given. As an attribute of a class it is not bound, like one written in C."""


@staticmethod
def _idfunc(x, /):
    return x
