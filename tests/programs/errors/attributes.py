"""Attributes that are not there, or not to be set."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import sys
class Plain: pass
class Slotted:
    __slots__ = ("a",)
class ReadOnly:
    @property
    def x(self): return 1
def assign(target, name):
    try:
        setattr(target, name, 1)
        print("set", name)
    except Exception as error:
        print(type(error).__name__ + ":", error)
def delete(target, name):
    try:
        delattr(target, name)
        print("deleted", name)
    except Exception as error:
        print(type(error).__name__ + ":", error)
attempt(lambda: Plain().x, lambda: Plain.x, lambda: Slotted().a, lambda: Slotted().b, lambda: (1).x, lambda: None.x, lambda: [].x, lambda: sys.nothing, lambda: len.x, lambda: Plain().__dict__["x"], lambda: (lambda: 0).x, lambda: super(Plain, Plain()).x,
        lambda: "".upper.x, lambda: type.x, lambda: int.x, lambda: ReadOnly.x.y, lambda: (i for i in ()).x, lambda: range(1).x)
for target in (Slotted(), ReadOnly(), 1, None, "", int, len, object(), Plain):
    assign(target, "x")
    delete(target, "x")
    delete(target, "never")
assign(Plain(), "__class__")
Plain().missing_one
