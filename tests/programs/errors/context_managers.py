"""with."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

class Bad:
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): print("never")
class Exit:
    def __enter__(self): return self
    def __exit__(self, *a): raise KeyError("exit")
class Few:
    def __enter__(self): return self
    def __exit__(self): pass
class Swallow:
    def __enter__(self): return self
    def __exit__(self, kind, error, tb): print(kind.__name__, error); return True
def use(manager, body=lambda: None):
    with manager:
        body()
    return "done"
attempt(lambda: use(Bad()), lambda: use(Exit()), lambda: use(Few()), lambda: use(5), lambda: use(Swallow(), lambda: 1 / 0), lambda: use(Exit(), lambda: 1 / 0), lambda: use("a"), lambda: use(Bad))
async def wrong():
    async with 5: pass
attempt(lambda: wrong().send(None))
with Exit():
    raise ValueError("body")
