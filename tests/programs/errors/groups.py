"""Exception groups."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def f(): raise ExceptionGroup("several", [ValueError(1), TypeError("two"), ExceptionGroup("inner", [KeyError("k"), OSError(2, "no")])])
attempt(lambda: ExceptionGroup("a", []), lambda: ExceptionGroup("a", [1]), lambda: ExceptionGroup(1, [ValueError()]), lambda: ExceptionGroup("a"), lambda: ExceptionGroup("a", 5), lambda: ExceptionGroup("a", [KeyboardInterrupt()]), lambda: BaseExceptionGroup("a", [KeyboardInterrupt()]))
try:
    try:
        f()
    except* ValueError as group:
        print("values", group.exceptions)
    except* KeyError as group:
        print("keys", group.exceptions[0].exceptions)
except ExceptionGroup as rest:
    print("rest", rest, rest.exceptions)
def wrong():
    try:
        1 / 0
    except* ExceptionGroup:
        pass
attempt(wrong)
f()
