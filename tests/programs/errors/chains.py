"""Exceptions that lead to others."""

def low(): return {}["key"]
def middle():
    try:
        low()
    except KeyError as error:
        raise ValueError("in the middle") from error
def high():
    try:
        middle()
    except ValueError:
        raise RuntimeError("on top")
try:
    high()
except RuntimeError as error:
    print(repr(error), repr(error.__context__), repr(error.__context__.__cause__))
def hidden():
    try:
        low()
    except KeyError:
        raise TypeError("no context shown") from None
try:
    hidden()
except TypeError as error:
    print(error.__suppress_context__, repr(error.__context__))
error = ValueError("noted")
error.add_note("first note")
error.add_note("second\nwith two lines")
print(error.__notes__)
try:
    error.add_note(5)
except TypeError as wrong:
    print(wrong)
high()
