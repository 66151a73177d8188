"""Runs one of CPython's test files under whichever interpreter runs this, and prints a line for each test: `ok ID`, `fail ID`, …

    python3.11 one.py test_int [--after FILE]       FILE: tests that ran already, one a line, are left out

A line `start ID` comes before each test, so that it is known which one ended the process.
"""

import sys
import unittest


class Lines(unittest.TestResult):
    """Prints what happens as it happens."""

    def __init__(self, done):
        super().__init__()
        self.done = done

    def say(self, word, test, error=None):
        print(word, name(test), flush=True)
        if error is not None:
            text = self._exc_info_to_string(error, test)
            print("".join(f"  | {line}\n" for line in text.splitlines()[-12:]), end="", flush=True)

    def startTest(self, test):
        super().startTest(test)
        print("start", name(test), flush=True)

    def addSuccess(self, test):
        self.say("ok", test)

    def addFailure(self, test, error):
        self.say("fail", test, error)

    def addError(self, test, error):
        self.say("error", test, error)

    def addSkip(self, test, reason):
        self.say("skip", test)

    def addExpectedFailure(self, test, error):
        self.say("ok", test)

    def addUnexpectedSuccess(self, test):
        self.say("fail", test)

    def addSubTest(self, test, subtest, error):
        if error is not None:
            self.say("sub", test, error)


def name(test):
    return test.id().replace("\n", " ").replace(" ", "_")


def without(suite, done):
    """The suite without the tests that ran already."""
    left = unittest.TestSuite()
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            left.addTest(without(test, done))
        elif name(test) not in done:
            left.addTest(test)
    return left


def one_version(import_fresh_module):
    """CPython's library has some modules twice, in Python and in C, and asks for one of them by blocking the other; what comes along
    has one version, for which the tests of both are run."""
    import importlib

    def fresh(name, fresh=(), blocked=(), **options):
        if name.startswith("importlib") and not hasattr(importlib, "__file__"):
            return importlib.import_module(name)
        try:
            return import_fresh_module(name, fresh, blocked, **options)
        except ImportError as error:
            if "halted" not in str(error):
                raise
            return import_fresh_module(name, fresh, **options)
    return fresh


def main():
    module, done = sys.argv[1], set()
    if len(sys.argv) > 3:
        with open(sys.argv[3]) as file:
            done = set(file.read().split())
    sys.argv[1:] = []
    import linecache
    import logging
    import test
    for package in (unittest, logging):
        if not hasattr(package, "__path__"):
            # What of it does not come along is taken from CPython, as is the package `test`.
            package.__path__ = [f"{test.__path__[0]}/../{package.__name__}"]
    from test import support
    from test.support import import_helper
    import_helper.import_fresh_module = one_version(import_helper.import_fresh_module)
    if not hasattr(linecache, "__file__"):
        linecache.__file__ = f"{test.__path__[0]}/../linecache.py"
    support.use_resources = []
    suite = unittest.defaultTestLoader.loadTestsFromName("test." + module)
    without(suite, done).run(Lines(done))
    print("end", flush=True)


main()
