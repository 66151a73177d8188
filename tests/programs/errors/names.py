"""Names that are not there."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

def unbound():
    print(later)
    later = 1
def deleted():
    x = 1
    del x
    return x
def free():
    def inner():
        return outer
    if False:
        outer = 1
    return inner()
attempt(lambda: missing, unbound, deleted, free)
def del_missing():
    del nothing_here
attempt(del_missing)
class Body:
    try:
        undefined_in_body
    except NameError as error:
        print(error, error.name)
try:
    del never
except NameError as error:
    print(error)
try:
    raise_me
except NameError as error:
    print(repr(error))
print(total_sum_of_it)
