"""What may be raised."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def bare(): raise
def number(): raise 5
def text(): raise "text"
def cls(): raise int
def cause(): raise ValueError from 5
def none_cause(): raise ValueError("x") from None
class NotException: pass
def inst(): raise NotException()
attempt(bare, number, text, cls, cause, none_cause, inst)
def catch_bad():
    try:
        1 / 0
    except 5:
        pass
def catch_tuple():
    try:
        1 / 0
    except (ValueError, "x"):
        pass
attempt(catch_bad, catch_tuple)
class Strange(Exception):
    def __init__(self, a, b): super().__init__(a, b)
attempt(lambda: Strange(1), lambda: (_ for _ in ()).throw(Strange(1, 2)))
def build():
    raise Strange
attempt(build)
try:
    raise KeyError("first")
except KeyError:
    raise ValueError("second")
