"""One of everything, to see that each row of each stage is tied to the others."""
from __future__ import generator_stop
import os.path as path, sys

@staticmethod
def decorated(a, /, b: int = 1 + 1, *rest, c=lambda d, e=2: d + e, **options) -> "int":
    global counter
    counter = [a * x for x in range(b) if x % 2] or {k: v for k, v in options.items()}
    def inner():
        nonlocal a
        a += (yield from rest)
    with open(__file__) as one, path.open() as (two, three):
        try:
            del one.x[1:2, ...]
        except (OSError, ValueError) as error:
            raise KeyError(f"{a!r:>{b}} and {c=}") from error
        finally:
            print("é", 名 := 3)
    return inner

class C(object, metaclass=type):
    __slot: "x" = -1
    if False:
        pass
    async def go(self):
        async for i in self: await i
        assert super().go, __debug__

match sys.argv:
    case [str() as first, *others] if first: pass
    case {"k": 1 | None, **kw}: x = y = 'a' 'b'
    case _:
        while not x < y <= 3:
            if x: continue
            else: break
        else: x = 1 if y else (2, 3)[0]
