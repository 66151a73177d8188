"""functools."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

import functools as ft
attempt(lambda: ft.reduce(lambda a, b: a + b, []), lambda: ft.reduce(lambda a, b: a + b, 5), lambda: ft.reduce(5, [1, 2]), lambda: ft.partial(), lambda: ft.partial(5), lambda: ft.partial(int, base=2)("12"), lambda: ft.lru_cache(5)(len).cache_info(), lambda: ft.lru_cache("a"), lambda: ft.lru_cache(lambda x: x)([]), lambda: sorted([1, "a"], key=ft.cmp_to_key(lambda a, b: a - b)), lambda: ft.cmp_to_key(), lambda: ft.wraps(5)(6))
@ft.singledispatch
def show(x): return "any"
@show.register
def _(x: int): return "int"
attempt(lambda: show(1), lambda: show("a"), lambda: show(), lambda: show.register(5))
@ft.total_ordering
class Half:
    def __eq__(self, other): return True
    def __lt__(self, other): return NotImplemented
attempt(lambda: Half() <= Half(), lambda: Half() > 3)
def bad():
    @ft.total_ordering
    class Nothing: pass
attempt(bad)
ft.reduce(lambda a, b: a / b, [1, 0])
