"""Modules and names that are not there."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: __import__("no_such_module"), lambda: __import__("math.nothing"), lambda: __import__(""), lambda: __import__("a..b"))
def froms(source):
    try:
        exec(source, {})
    except Exception as error:
        print(type(error).__name__ + ":", error, "|", getattr(error, "name", None))
froms("import math.pi")
froms("from no_such_module import x")
froms("from . import x")
froms("from .a import x")
froms("from .. import x")
froms("import itertools.chain")
import no_such_module_at_all
