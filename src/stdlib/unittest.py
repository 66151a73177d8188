"""Tests as classes.

    class TestAdd(unittest.TestCase):
        def test_small(self):
            self.assertEqual(1 + 1, 2)

    if __name__ == "__main__":
        unittest.main()

unittest.mock is not here.
"""

import collections
import contextlib
import functools
import os
import sys
import time
import traceback
import types
import warnings
import weakref

__all__ = ["IsolatedAsyncioTestCase", "TestResult", "TestCase", "TestSuite", "TextTestRunner", "TestLoader", "FunctionTestCase", "main",
           "defaultTestLoader", "SkipTest", "skip", "skipIf", "skipUnless", "expectedFailure", "TextTestResult", "installHandler",
           "registerResult", "removeResult", "removeHandler", "addModuleCleanup", "doModuleCleanups", "enterModuleContext",
           "getTestCaseNames", "makeSuite", "findTestCases"]

__unittest = True
_MOST_OF_DIFF = 80 * 8


def _short(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text[:80] + " [truncated]..." if short and len(text) > 80 else text


def _class_name(cls):
    return f"{cls.__module__}.{cls.__qualname__}"


# ── results ──

class TestResult:
    """Counts what happens to tests and keeps what failed."""

    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = self.shouldStop = self.buffer = self.tb_locals = False
        self.failures, self.errors, self.skipped, self.expectedFailures, self.unexpectedSuccesses = [], [], [], [], []
        self.testsRun = 0
        self._stdout_buffer = self._stderr_buffer = None
        self._original_stdout, self._original_stderr = sys.stdout, sys.stderr
        self._mirrorOutput = False

    def printErrors(self):
        pass

    def startTest(self, test):
        self.testsRun += 1
        self._mirrorOutput = False
        self._setupStdout()

    def _setupStdout(self):
        if self.buffer:
            import io
            if self._stderr_buffer is None:
                self._stdout_buffer, self._stderr_buffer = io.StringIO(), io.StringIO()
            sys.stdout, sys.stderr = self._stdout_buffer, self._stderr_buffer

    def startTestRun(self):
        pass

    def stopTest(self, test):
        self._restoreStdout()
        self._mirrorOutput = False

    def _restoreStdout(self):
        if not self.buffer:
            return
        if self._mirrorOutput:
            for name, buffer, stream in (("\nStdout:\n%s", sys.stdout, self._original_stdout),
                                         ("\nStderr:\n%s", sys.stderr, self._original_stderr)):
                text = buffer.getvalue()
                if text:
                    stream.write(name % (text if text.endswith("\n") else text + "\n"))
        sys.stdout, sys.stderr = self._original_stdout, self._original_stderr
        for buffer in self._stdout_buffer, self._stderr_buffer:
            if buffer is not None:
                buffer.seek(0)
                buffer.truncate()

    def stopTestRun(self):
        pass

    def addError(self, test, err):
        self.errors.append((test, self._exc_info_to_string(err, test)))
        self._failed()

    def addFailure(self, test, err):
        self.failures.append((test, self._exc_info_to_string(err, test)))
        self._failed()

    def _failed(self):
        self._mirrorOutput = True
        if self.failfast:
            self.stop()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            if self.failfast:
                self.stop()
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            kept.append((subtest, self._exc_info_to_string(err, test)))
            self._mirrorOutput = True

    def addSuccess(self, test):
        pass

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)
        if self.failfast:
            self.stop()

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        kind, value, tb = err
        self._cleaned(kind, value, tb, test)
        told = traceback.TracebackException(kind, value, self._own_part(kind, value, tb, test), capture_locals=self.tb_locals,
                                            compact=True)
        lines = list(told.format())
        if self.buffer:
            for name, buffer in ("\nStdout:\n%s", sys.stdout), ("\nStderr:\n%s", sys.stderr):
                text = buffer.getvalue()
                if text:
                    lines.append(name % (text if text.endswith("\n") else text + "\n"))
        return "".join(lines)

    def _cleaned(self, kind, value, tb, test):
        """Shorten the tracebacks of the causes as well."""
        todo, seen = [value.__cause__, value.__context__], {id(value)}
        while todo:
            exc = todo.pop()
            if exc is None or id(exc) in seen:
                continue
            seen.add(id(exc))
            exc.__traceback__ = self._own_part(type(exc), exc, exc.__traceback__, test)
            todo += [exc.__cause__, exc.__context__]

    def _own_part(self, kind, value, tb, test):
        """A traceback without the frames of this module: at its start, and for failures at its end."""
        while tb is not None and self._is_ours(tb):
            tb = tb.tb_next
        if kind is test.failureException:
            last, at = None, tb
            while at is not None and not self._is_ours(at):
                last, at = at, at.tb_next
            if last is not None:
                last.tb_next = None
        return tb

    def _is_ours(self, tb):
        return "__unittest" in tb.tb_frame.f_globals

    def __repr__(self):
        return (f"<{_class_name(type(self))} run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}>")


class TextTestResult(TestResult):
    """Tells of each test as it ends: a letter, or a line."""

    separator1, separator2 = "=" * 70, "-" * 70

    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self.stream = stream
        self.showAll, self.dots = verbosity > 1, verbosity == 1
        self.descriptions = descriptions
        self._newline = True

    def getDescription(self, test):
        first = test.shortDescription()
        return "\n".join((str(test), first)) if self.descriptions and first else str(test)

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
            self.stream.flush()
            self._newline = False

    def _status(self, test, status):
        is_subtest = isinstance(test, _SubTest)
        if is_subtest or self._newline:
            if not self._newline:
                self.stream.writeln()
            if is_subtest:
                self.stream.write("  ")
            self.stream.write(self.getDescription(test))
            self.stream.write(" ... ")
        self.stream.writeln(status)
        self.stream.flush()
        self._newline = True

    def _told(self, test, word, letter):
        if self.showAll:
            self._status(test, word)
        elif self.dots:
            self.stream.write(letter)
            self.stream.flush()

    def _told_plainly(self, word, letter):
        if self.showAll:
            self.stream.writeln(word)
            self.stream.flush()
        elif self.dots:
            self.stream.write(letter)
            self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            is_failure = issubclass(err[0], subtest.failureException)
            self._told(subtest, "FAIL" if is_failure else "ERROR", "F" if is_failure else "E")
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        super().addSuccess(test)
        self._told(test, "ok", ".")

    def addError(self, test, err):
        super().addError(test, err)
        self._told(test, "ERROR", "E")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._told(test, "FAIL", "F")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._told(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, err):
        super().addExpectedFailure(test, err)
        self._told_plainly("expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._told_plainly("unexpected success", "u")

    def printErrors(self):
        if self.dots or self.showAll:
            self.stream.writeln()
            self.stream.flush()
        self.printErrorList("ERROR", self.errors)
        self.printErrorList("FAIL", self.failures)
        if self.unexpectedSuccesses:
            self.stream.writeln(self.separator1)
            for test in self.unexpectedSuccesses:
                self.stream.writeln(f"UNEXPECTED SUCCESS: {self.getDescription(test)}")
            self.stream.flush()

    def printErrorList(self, flavour, errors):
        for test, err in errors:
            self.stream.writeln(self.separator1)
            self.stream.writeln(f"{flavour}: {self.getDescription(test)}")
            self.stream.writeln(self.separator2)
            self.stream.writeln("%s" % err)
            self.stream.flush()


# ── skipping, and what is run at the end ──

class SkipTest(Exception):
    """Raised in a test that is to be skipped."""


class _ShouldStop(Exception):
    """The test ends here; what happened is noted."""


class _UnexpectedSuccess(Exception):
    pass


def _id(obj):
    return obj


def skip(reason):
    """Skip a test or a class of tests."""
    def mark(item):
        if not isinstance(item, type):
            @functools.wraps(item)
            def skipped(*args, **kwargs):
                raise SkipTest(reason)
            item = skipped
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item

    if isinstance(reason, types.FunctionType):
        function, reason = reason, ""
        return mark(function)
    return mark


def skipIf(condition, reason):
    return skip(reason) if condition else _id


def skipUnless(condition, reason):
    return _id if condition else skip(reason)


def expectedFailure(test_item):
    """The test is known to fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


def _enter(cm, add):
    kind = type(cm)
    try:
        enter, leave = kind.__enter__, kind.__exit__
    except AttributeError:
        raise TypeError(f"'{kind.__module__}.{kind.__qualname__}' object does not support the context manager protocol") from None
    result = enter(cm)
    add(leave, cm, None, None, None)
    return result


_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Have function(*args, **kwargs) called after the last test of the module."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    return _enter(cm, addModuleCleanup)


def doModuleCleanups():
    failures = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as exc:
            failures.append(exc)
    if failures:
        raise failures[0]


# ── a test ──

class _Outcome:
    """How a test goes."""

    def __init__(self, result=None):
        self.expecting_failure = False
        self.result = result
        self.result_supports_subtests = hasattr(result, "addSubTest")
        self.success = True
        self.expectedFailure = None

    @contextlib.contextmanager
    def testPartExecutor(self, test_case, subTest=False):
        before, self.success = self.success, True
        try:
            yield
        except KeyboardInterrupt:
            raise
        except SkipTest as reason:
            self.success = False
            _add_skip(self.result, test_case, str(reason))
        except _ShouldStop:
            pass
        except:
            info = sys.exc_info()
            if self.expecting_failure:
                self.expectedFailure = info
            else:
                self.success = False
                if subTest:
                    self.result.addSubTest(test_case.test_case, test_case, info)
                else:
                    _add_error(self.result, info, test_case)
            info = None
        else:
            if subTest and self.success:
                self.result.addSubTest(test_case.test_case, test_case, None)
        finally:
            self.success = self.success and before


def _add_skip(result, test_case, reason):
    adder = getattr(result, "addSkip", None)
    if adder is None:
        result.addSuccess(test_case)
    else:
        adder(test_case, reason)


def _add_error(result, info, test):
    if result is not None and info is not None:
        if issubclass(info[0], test.failureException):
            result.addFailure(test, info)
        else:
            result.addError(test, info)


class _Raises:
    """What assertRaises() gives: a context that wants an exception."""

    what = "raised"

    def __init__(self, expected, test_case, expected_regex=None):
        self.expected, self.test_case = expected, test_case
        if expected_regex is not None:
            import re
            expected_regex = re.compile(expected_regex) if isinstance(expected_regex, (str, bytes)) else expected_regex
        self.expected_regex = expected_regex
        self.obj_name = self.msg = None

    base = BaseException
    base_text = "an exception type or tuple of exception types"

    def handle(self, name, args, kwargs):
        kinds = self.expected if isinstance(self.expected, tuple) else (self.expected,)
        try:
            if not all(isinstance(kind, type) and issubclass(kind, self.base) for kind in kinds):
                raise TypeError(f"{name}() arg 1 must be {self.base_text}")
            if not args:
                self.msg = kwargs.pop("msg", None)
                if kwargs:
                    raise TypeError(f"{next(iter(kwargs))!r} is an invalid keyword argument for this function")
                return self
            function, *args = args
            self.obj_name = getattr(function, "__name__", None) or str(function)
            with self:
                function(*args, **kwargs)
        finally:
            self = None

    def fail(self, text):
        raise self.test_case.failureException(self.test_case._formatMessage(self.msg, text))

    def name_of_expected(self):
        return getattr(self.expected, "__name__", None) or str(self.expected)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        if kind is None:
            by = f" by {self.obj_name}" if self.obj_name else ""
            self.fail(f"{self.name_of_expected()} not raised{by}")
        traceback.clear_frames(tb)
        if not issubclass(kind, self.expected):
            return False
        self.exception = value.with_traceback(None)
        if self.expected_regex is not None and not self.expected_regex.search(str(value)):
            self.fail(f'"{self.expected_regex.pattern}" does not match "{value}"')
        return True

    __class_getitem__ = classmethod(types.GenericAlias)


class _Warns(_Raises):
    base = Warning
    base_text = "a warning type or tuple of warning types"

    def __enter__(self):
        for module in list(sys.modules.values()):
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self.warnings_manager = warnings.catch_warnings(record=True)
        self.warnings = self.warnings_manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, value, tb):
        self.warnings_manager.__exit__(kind, value, tb)
        if kind is not None:
            return
        first = None
        for each in self.warnings:
            if not isinstance(each.message, self.expected):
                continue
            first = first or each.message
            if self.expected_regex is not None and not self.expected_regex.search(str(each.message)):
                continue
            self.warning, self.filename, self.lineno = each.message, each.filename, each.lineno
            return
        if first is not None:
            self.fail(f'"{self.expected_regex.pattern}" does not match "{first}"')
        by = f" by {self.obj_name}" if self.obj_name else ""
        self.fail(f"{self.name_of_expected()} not triggered{by}")


_LoggingWatcher = collections.namedtuple("_LoggingWatcher", ["records", "output"])


class _Logs:
    """What assertLogs() gives."""

    def __init__(self, test_case, logger_name, level, no_logs):
        import logging
        self.test_case, self.logger_name, self.no_logs, self.msg = test_case, logger_name, no_logs, None
        self.level = logging._nameToLevel.get(level, level) if level else logging.INFO

    def __enter__(self):
        import logging

        class Keeper(logging.Handler):
            def __init__(keeper):
                super().__init__()
                keeper.watcher = _LoggingWatcher([], [])

            def emit(keeper, record):
                keeper.watcher.records.append(record)
                keeper.watcher.output.append(keeper.format(record))

        name = self.logger_name
        logger = self.logger = name if isinstance(name, logging.Logger) else logging.getLogger(name)
        handler = Keeper()
        handler.setLevel(self.level)
        handler.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(message)s"))
        self.watcher = handler.watcher
        self.old = logger.handlers[:], logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return None if self.no_logs else handler.watcher

    def __exit__(self, kind, value, tb):
        import logging
        self.logger.handlers, level, self.logger.propagate = self.old
        self.logger.setLevel(level)
        if kind is not None:
            return False
        found = self.watcher
        if self.no_logs:
            if found.records:
                text = f"Unexpected logs found: {found.output!r}"
                raise self.test_case.failureException(self.test_case._formatMessage(self.msg, text))
        elif not found.records:
            text = f"no logs of level {logging.getLevelName(self.level)} or higher triggered on {self.logger.name}"
            raise self.test_case.failureException(self.test_case._formatMessage(self.msg, text))


class TestCase:
    """A class of tests: each method whose name begins with `test` is one."""

    failureException = AssertionError
    longMessage = True
    maxDiff = _MOST_OF_DIFF
    _diffThreshold = 2 ** 16
    _classSetupFailed = False

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = "No test"
        try:
            method = getattr(self, methodName)
        except AttributeError:
            if methodName != "runTest":
                raise ValueError(f"no such test method in {type(self)}: {methodName}") from None
        else:
            self._testMethodDoc = method.__doc__
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual", set: "assertSetEqual",
                                     frozenset: "assertSetEqual", str: "assertMultiLineEqual"}

    def addTypeEqualityFunc(self, typeobj, function):
        """How assertEqual() compares two of this type."""
        self._type_equality_funcs[typeobj] = function

    def addCleanup(self, function, /, *args, **kwargs):
        """Have function(*args, **kwargs) called after tearDown(), the last one first."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context that is left when the test ends."""
        return _enter(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        return _enter(cm, cls.addClassCleanup)

    def setUp(self):
        """Before each test."""

    def tearDown(self):
        """After each test."""

    @classmethod
    def setUpClass(cls):
        """Before the first test of the class."""

    @classmethod
    def tearDownClass(cls):
        """After the last test of the class."""

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return TestResult()

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return f"{_class_name(type(self))}.{self._testMethodName}"

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return f"{self._testMethodName} ({_class_name(type(self))}.{self._testMethodName})"

    def __repr__(self):
        return f"<{_class_name(type(self))} testMethod={self._testMethodName}>"

    @contextlib.contextmanager
    def subTest(self, msg=None, **params):
        """A part of a test that may fail by itself; the parameters tell which it was."""
        if self._outcome is None or not self._outcome.result_supports_subtests:
            yield
            return
        around = self._subtest
        whole = around.params.new_child(params) if around is not None else collections.ChainMap(params)
        self._subtest = _SubTest(self, msg, whole)
        try:
            with self._outcome.testPartExecutor(self._subtest, subTest=True):
                yield
            if not self._outcome.success:
                result = self._outcome.result
                if result is not None and result.failfast:
                    raise _ShouldStop
            elif self._outcome.expectedFailure:
                raise _ShouldStop
        finally:
            self._subtest = around

    def run(self, result=None):
        own = result is None
        stop_run = None
        if own:
            result = self.defaultTestResult()
            getattr(result, "startTestRun", lambda: None)()
            stop_run = getattr(result, "stopTestRun", None)
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            if getattr(type(self), "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
                why = getattr(type(self), "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", "")
                _add_skip(result, self, why)
                return result
            expecting = getattr(self, "__unittest_expecting_failure__", False) or getattr(method, "__unittest_expecting_failure__", False)
            outcome = _Outcome(result)
            try:
                self._outcome = outcome
                with outcome.testPartExecutor(self):
                    self._callSetUp()
                if outcome.success:
                    outcome.expecting_failure = expecting
                    with outcome.testPartExecutor(self):
                        self._callTestMethod(method)
                    outcome.expecting_failure = False
                    with outcome.testPartExecutor(self):
                        self._callTearDown()
                self.doCleanups()
                if outcome.success:
                    if not expecting:
                        result.addSuccess(self)
                    elif outcome.expectedFailure:
                        result.addExpectedFailure(self, outcome.expectedFailure)
                    else:
                        result.addUnexpectedSuccess(self)
                return result
            finally:
                outcome.expectedFailure = None
                outcome = self._outcome = None
        finally:
            result.stopTest(self)
            if stop_run is not None:
                stop_run()

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning,
                          stacklevel=3)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, *args, **kwargs):
        function(*args, **kwargs)

    def doCleanups(self):
        outcome = self._outcome or _Outcome()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.testPartExecutor(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Run the test, and let its exceptions through."""
        method = getattr(self, self._testMethodName)
        if getattr(type(self), "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
            raise SkipTest(getattr(type(self), "__unittest_skip_why__", "") or getattr(method, "__unittest_skip_why__", ""))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, *args, **kwargs)

    def skipTest(self, reason):
        """Skip the rest of this test."""
        raise SkipTest(reason)

    # assertions

    def fail(self, msg=None):
        raise self.failureException(msg)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return f"{standardMsg} : {msg}"
        except UnicodeDecodeError:
            return f"{_short(standardMsg)} : {_short(msg)}"

    def _refuse(self, msg, text):
        raise self.failureException(self._formatMessage(msg, text))

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._refuse(msg, f"{_short(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        if expr:
            self._refuse(msg, f"{_short(expr)} is not false")

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Calling must raise; without a function it is a context."""
        context = _Raises(expected_exception, self)
        try:
            return context.handle("assertRaises", args, kwargs)
        finally:
            context = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        return _Raises(expected_exception, self, expected_regex).handle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        return _Warns(expected_warning, self).handle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        return _Warns(expected_warning, self, expected_regex).handle("assertWarnsRegex", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        return _Logs(self, logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        return _Logs(self, logger, level, no_logs=True)

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if function is not None:
                return getattr(self, function) if isinstance(function, str) else function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._refuse(msg, "%s != %s" % _common_shortened(first, second))

    def assertEqual(self, first, second, msg=None):
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._refuse(msg, f"{_short(first)} == {_short(second)}")

    def _nearness(self, first, second, places, delta):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        difference = abs(first - second)
        if delta is not None:
            return difference <= delta, difference, f"{_short(delta)} delta"
        places = 7 if places is None else places
        return round(difference, places) == 0, difference, f"{places!r} places"

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        near, difference, within = self._nearness(first, second, places, delta)
        if not near:
            self._refuse(msg, f"{_short(first)} != {_short(second)} within {within} ({_short(difference)} difference)")

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        near, difference, within = self._nearness(first, second, places, delta)
        if delta is None:
            if first != second and not near:
                return
            self._refuse(msg, f"{_short(first)} == {_short(second)} within {within}")
        if first != second and not near:
            return
        self._refuse(msg, f"{_short(first)} == {_short(second)} within {within} ({_short(difference)} difference)")

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is not None:
            kind = seq_type.__name__
            if not isinstance(seq1, seq_type):
                raise self.failureException(f"First sequence is not a {kind}: {_short(seq1)}")
            if not isinstance(seq2, seq_type):
                raise self.failureException(f"Second sequence is not a {kind}: {_short(seq2)}")
        else:
            kind = "sequence"
        text = sizes = None
        lengths = []
        for order, sequence in ("First", seq1), ("Second", seq2):
            try:
                lengths.append(len(sequence))
            except (TypeError, NotImplementedError):
                text = f"{order} {kind} has no length.    Non-sequence?"
                break
        if text is None:
            if seq1 == seq2:
                return
            text = "%ss differ: %s != %s\n" % ((kind.capitalize(),) + _common_shortened(seq1, seq2))
            len1, len2 = lengths
            for index in range(min(len1, len2)):
                try:
                    item1 = seq1[index]
                except (TypeError, IndexError, NotImplementedError):
                    text += f"\nUnable to index element {index} of first {kind}\n"
                    break
                try:
                    item2 = seq2[index]
                except (TypeError, IndexError, NotImplementedError):
                    text += f"\nUnable to index element {index} of second {kind}\n"
                    break
                if item1 != item2:
                    text += "\nFirst differing element %d:\n%s\n%s\n" % ((index,) + _common_shortened(item1, item2))
                    break
            else:
                if len1 == len2 and seq_type is None and type(seq1) != type(seq2):
                    return
            if len1 != len2:
                order, longer, more, at = (("First", seq1, len1 - len2, len2) if len1 > len2 else ("Second", seq2, len2 - len1, len1))
                text += f"\n{order} {kind} contains {more} additional elements.\n"
                try:
                    text += f"First extra element {at}:\n{_short(longer[at])}\n"
                except (TypeError, IndexError, NotImplementedError):
                    text += f"Unable to index element {at} of {order.lower()} {kind}\n"
        difference = "\n" + "\n".join(_differences(_pretty(seq1).splitlines(), _pretty(seq2).splitlines()))
        self.fail(self._formatMessage(msg, self._truncateMessage(text, difference)))

    def _truncateMessage(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + f"\nDiff is {len(diff)} characters long. Set self.maxDiff to None to see it."

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        extra = []
        for order, one, other in ("first", set1, set2), ("second", set2, set1):
            try:
                extra.append(one.difference(other))
            except TypeError as error:
                self.fail(f"invalid type when attempting set difference: {error}")
            except AttributeError as error:
                self.fail(f"{order} argument does not support set difference: {error}")
        if not any(extra):
            return
        lines = []
        for order, items in zip(("first", "second"), extra):
            if items:
                lines.append(f"Items in the {order} set but not the {'second' if order == 'first' else 'first'}:")
                lines += [repr(item) for item in items]
        self._refuse(msg, "\n".join(lines))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._refuse(msg, f"{_short(member)} not found in {_short(container)}")

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._refuse(msg, f"{_short(member)} unexpectedly found in {_short(container)}")

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._refuse(msg, f"{_short(expr1)} is not {_short(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._refuse(msg, f"unexpectedly identical: {_short(expr1)}")

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, "First argument is not a dictionary")
        self.assertIsInstance(d2, dict, "Second argument is not a dictionary")
        if d1 != d2:
            text = "%s != %s" % _common_shortened(d1, d2)
            difference = "\n" + "\n".join(_differences(_pretty(d1).splitlines(), _pretty(d2).splitlines()))
            self._refuse(msg, self._truncateMessage(text, difference))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        warnings.warn("assertDictContainsSubset is deprecated", DeprecationWarning)
        missing = [key for key in subset if key not in dictionary]
        wrong = [f"{_short(key)}, expected: {_short(value)}, actual: {_short(dictionary[key])}" for key, value in subset.items()
                 if key in dictionary and value != dictionary[key]]
        if missing or wrong:
            parts = [f"Missing: {','.join(map(_short, missing))}"] if missing else []
            self._refuse(msg, "; ".join(parts + ([f"Mismatched values: {','.join(wrong)}"] if wrong else [])))

    def assertCountEqual(self, first, second, msg=None):
        """The same items, each as often, in any order."""
        items = [list(first), list(second)]
        counts = []
        try:
            counts = [collections.Counter(each) for each in items]
            if counts[0] == counts[1]:
                return
            keys = list(dict.fromkeys(items[0] + items[1]))
            rows = [(counts[0][key], counts[1][key], key) for key in keys]
        except TypeError:
            rows, rest = [], items[1][:]
            for item in items[0]:
                if not any(item == row[2] for row in rows):
                    rows.append((sum(each == item for each in items[0]), sum(each == item for each in rest), item))
            for item in rest:
                if not any(item == row[2] for row in rows):
                    rows.append((0, sum(each == item for each in rest), item))
        wrong = [row for row in rows if row[0] != row[1]]
        if wrong:
            lines = ["First has %d, Second has %d:  %r" % row for row in wrong]
            text = "\n".join(["Element counts were not equal:\n" + lines[0], *lines[1:]])
            self._refuse(msg, text)

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        one, other = first.splitlines(keepends=True), second.splitlines(keepends=True)
        if len(one) == 1 and first.strip("\r\n") == first:
            one, other = [first + "\n"], [second + "\n"]
        difference = "\n" + "".join(_differences(one, other))
        self._refuse(msg, self._truncateMessage("%s != %s" % _common_shortened(first, second), difference))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._refuse(msg, f"{_short(a)} not less than {_short(b)}")

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._refuse(msg, f"{_short(a)} not less than or equal to {_short(b)}")

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._refuse(msg, f"{_short(a)} not greater than {_short(b)}")

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._refuse(msg, f"{_short(a)} not greater than or equal to {_short(b)}")

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._refuse(msg, f"{_short(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._refuse(msg, "unexpectedly None")

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._refuse(msg, f"{_short(obj)} is not an instance of {cls!r}")

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._refuse(msg, f"{_short(obj)} is an instance of {cls!r}")

    def assertRegex(self, text, expected_regex, msg=None):
        import re
        if isinstance(expected_regex, (str, bytes)):
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._refuse(msg, f"Regex didn't match: {expected_regex.pattern!r} not found in {text!r}")

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        import re
        if isinstance(unexpected_regex, (str, bytes)):
            unexpected_regex = re.compile(unexpected_regex)
        found = unexpected_regex.search(text)
        if found:
            self._refuse(msg, f"Regex matched: {text[found.start():found.end()]!r} matches {unexpected_regex.pattern!r} in {text!r}")


def _old_name(name):
    def method(self, *args, **kwargs):
        warnings.warn(f"Please use {name} instead.", DeprecationWarning, 2)
        return getattr(self, name)(*args, **kwargs)
    return method


for _old, _new in dict(failUnlessEqual="assertEqual", assertEquals="assertEqual", failIfEqual="assertNotEqual",
                       assertNotEquals="assertNotEqual", failUnless="assertTrue", assert_="assertTrue",
                       failUnlessRaises="assertRaises", failIf="assertFalse", assertRaisesRegexp="assertRaisesRegex",
                       assertRegexpMatches="assertRegex", assertNotRegexpMatches="assertNotRegex",
                       failUnlessAlmostEqual="assertAlmostEqual", assertAlmostEquals="assertAlmostEqual",
                       failIfAlmostEqual="assertNotAlmostEqual", assertNotAlmostEquals="assertNotAlmostEqual").items():
    setattr(TestCase, _old, _old_name(_new))
del _old, _new


def _common_shortened(*values):
    """Texts of values; where they are long, without most of what they have in common at the start."""
    texts = tuple(map(_short, values))
    longest = max(map(len, texts))
    if longest <= 80:
        return texts
    common = os.path.commonprefix(texts)
    prefix = len(common)
    room = 80 - (longest - prefix + 5 + 12)

    def cut(text, start, end):
        skip = len(text) - start - end
        return f"{text[:start]}[{skip} chars]{text[len(text) - end:]}" if skip > 12 else text

    least = 80 - (5 + 12 + 5 + 12 + 5)
    if room > 5:
        common = cut(common, 5, room)
        return tuple(common + text[prefix:] for text in texts)
    common = cut(common, 5, 5)
    return tuple(common + cut(text[prefix:], least, 5) for text in texts)


def _pretty(value):
    try:
        import pprint
    except ImportError:
        return repr(value)
    return pprint.pformat(value)


def _differences(one, other):
    import difflib
    return difflib.ndiff(one, other)


class FunctionTestCase(TestCase):
    """A function as a test."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc, self._tearDownFunc, self._testFunc, self._description = setUp, tearDown, testFunc, description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def _parts(self):
        return self._setUpFunc, self._tearDownFunc, self._testFunc, self._description

    def __eq__(self, other):
        return self._parts() == other._parts() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self):
        return hash((type(self), *self._parts()))

    def __str__(self):
        return f"{_class_name(type(self))} ({self._testFunc.__name__})"

    def __repr__(self):
        return f"<{_class_name(type(self))} tec={self._testFunc}>"

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class _SubTest(TestCase):
    def __init__(self, test_case, message, params):
        super().__init__()
        self._message, self.test_case, self.params = message, test_case, params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _subDescription(self):
        parts = []
        if self._message is not None:
            parts.append(f"[{self._message}]")
        if self.params:
            parts.append(f"({', '.join(f'{name}={value!r}' for name, value in self.params.items())})")
        return " ".join(parts) or "(<subtest>)"

    def id(self):
        return f"{self.test_case.id()} {self._subDescription()}"

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return f"{self.test_case} {self._subDescription()}"


class IsolatedAsyncioTestCase(TestCase):
    """Tests that are coroutines, each with an event loop of its own."""

    def __init__(self, methodName="runTest"):
        super().__init__(methodName)
        self._runner = None

    async def asyncSetUp(self):
        pass

    async def asyncTearDown(self):
        pass

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(func, *args, **kwargs)

    async def enterAsyncContext(self, cm):
        kind = type(cm)
        result = await kind.__aenter__(cm)
        self.addAsyncCleanup(kind.__aexit__, cm, None, None, None)
        return result

    def _wait(self, function, *args, **kwargs):
        result = function(*args, **kwargs)
        if hasattr(result, "__await__"):
            async def waiting():
                return await result
            return self._runner.run(waiting())
        return result

    def _callSetUp(self):
        self.setUp()
        self._wait(self.asyncSetUp)

    def _callTestMethod(self, method):
        if self._wait(method) is not None:
            warnings.warn(f"It is deprecated to return a value that is not None from a test case ({method})", DeprecationWarning,
                          stacklevel=4)

    def _callTearDown(self):
        self._wait(self.asyncTearDown)
        self.tearDown()

    def _callCleanup(self, function, *args, **kwargs):
        self._wait(function, *args, **kwargs)

    def run(self, result=None):
        import asyncio
        self._runner = asyncio.Runner(debug=True)
        try:
            return super().run(result)
        finally:
            self._runner.close()
            self._runner = None

    def debug(self):
        import asyncio
        self._runner = asyncio.Runner(debug=True)
        try:
            super().debug()
        finally:
            self._runner.close()
            self._runner = None


# ── suites ──

class BaseTestSuite:
    """Tests one after the other."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return f"<{_class_name(type(self))} tests={list(self)}>"

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        if isinstance(test, type) and issubclass(test, (TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def run(self, result):
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            test(result)
            if self._cleanup:
                self._forget(index)
        return result

    def _forget(self, index):
        """The test is done; what it holds may go."""
        test = self._tests[index]
        if hasattr(test, "countTestCases"):
            self._removed_tests += test.countTestCases()
        self._tests[index] = None

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        for test in self:
            test.debug()


class _ErrorHolder:
    """Stands for a class or module whose set-up failed."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.id()

    def countTestCases(self):
        return 0

    def run(self, result):
        pass

    __call__ = run


_ErrorHolder.failureException = AssertionError


class TestSuite(BaseTestSuite):
    """Tests, with the set-up of their classes and modules."""

    def run(self, result, debug=False):
        top = not getattr(result, "_testRunEntered", False)
        if top:
            result._testRunEntered = True
        for index, test in enumerate(self):
            if result.shouldStop:
                break
            if not isinstance(test, BaseTestSuite) and not isinstance(test, _ErrorHolder):
                self._end_class(test, result)
                self._module_of(test, result)
                self._begin_class(test, result)
                result._previousTestClass = type(test)
                if getattr(type(test), "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
                    continue
            if debug:
                test.debug()
            else:
                test(result)
            if self._cleanup:
                self._forget(index)
        if top:
            self._end_class(None, result)
            self._end_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        class Result:
            _previousTestClass = None
            _moduleSetUpFailed = shouldStop = _testRunEntered = False
        self.run(Result(), True)

    def _begin_class(self, test, result):
        cls = type(test)
        if cls is result._previousTestClass or result._moduleSetUpFailed or getattr(cls, "__unittest_skip__", False):
            return
        try:
            cls._classSetupFailed = False
        except TypeError:
            pass
        set_up = getattr(cls, "setUpClass", None)
        if set_up is None:
            return
        self._set_up(result)
        failed = False
        try:
            set_up()
        except Exception as error:
            failed = True
            try:
                cls._classSetupFailed = True
            except TypeError:
                pass
            self._note(result, error, "setUpClass", _class_name(cls))
        if failed:
            self._class_cleanups(cls, result, "setUpClass")
        getattr(result, "_restoreStdout", lambda: None)()

    def _set_up(self, result):
        getattr(result, "_setupStdout", lambda: None)()

    def _class_cleanups(self, cls, result, method):
        clean = getattr(cls, "doClassCleanups", None)
        if clean is None:
            return
        clean()
        for info in cls.tearDown_exceptions:
            self._note(result, info[1], method, _class_name(cls), info)

    def _end_class(self, test, result):
        cls = result._previousTestClass
        if cls is None or test is not None and type(test) is cls:
            return
        if getattr(cls, "_classSetupFailed", False) or getattr(result, "_moduleSetUpFailed", False):
            return
        if getattr(cls, "__unittest_skip__", False):
            return
        tear_down = getattr(cls, "tearDownClass", None)
        if tear_down is None:
            return
        self._set_up(result)
        try:
            tear_down()
        except Exception as error:
            self._note(result, error, "tearDownClass", _class_name(cls))
        self._class_cleanups(cls, result, "tearDownClass")
        getattr(result, "_restoreStdout", lambda: None)()

    def _module_of(self, test, result):
        before = getattr(result._previousTestClass, "__module__", None)
        name = type(test).__module__
        if name == before:
            return
        self._end_module(result)
        result._moduleSetUpFailed = False
        module = sys.modules.get(name)
        set_up = getattr(module, "setUpModule", None)
        if set_up is None:
            return
        self._set_up(result)
        try:
            set_up()
        except Exception as error:
            result._moduleSetUpFailed = True
            self._note(result, error, "setUpModule", name)
        if result._moduleSetUpFailed:
            try:
                doModuleCleanups()
            except Exception as error:
                self._note(result, error, "setUpModule", name)
        getattr(result, "_restoreStdout", lambda: None)()

    def _end_module(self, result):
        name = getattr(result._previousTestClass, "__module__", None)
        if name is None or result._moduleSetUpFailed:
            return
        module = sys.modules.get(name)
        if module is None:
            return
        self._set_up(result)
        tear_down = getattr(module, "tearDownModule", None)
        for step in tear_down, doModuleCleanups:
            if step is not None:
                try:
                    step()
                except Exception as error:
                    self._note(result, error, "tearDownModule", name)
        getattr(result, "_restoreStdout", lambda: None)()

    def _note(self, result, error, method, parent, info=None):
        holder = _ErrorHolder(f"{method} ({parent})")
        add_skip = getattr(result, "addSkip", None)
        if add_skip is not None and isinstance(error, SkipTest):
            add_skip(holder, str(error))
        else:
            result.addError(holder, info or sys.exc_info())


# ── finding tests ──

class _FailedTest(TestCase):
    """Stands for tests that could not be loaded."""

    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattribute__(name)

        def failure():
            raise self._exception
        return failure


class TestLoader:
    """Makes suites of classes, modules and names."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(lambda x, y: (x > y) - (x < y))
    testNamePatterns = None
    suiteClass = TestSuite
    _top_level_dir = None

    def __init__(self):
        self.errors = []

    def loadTestsFromTestCase(self, testCaseClass):
        if issubclass(testCaseClass, TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        tests = []
        for name in dir(module):
            obj = getattr(module, name)
            if isinstance(obj, type) and issubclass(obj, TestCase) and obj not in (TestCase, FunctionTestCase):
                tests.append(self.loadTestsFromTestCase(obj))
        load_tests = getattr(module, "load_tests", None)
        suite = self.suiteClass(tests)
        if load_tests is not None:
            try:
                return load_tests(self, suite, pattern)
            except Exception as error:
                return self._failed(module.__name__, f"Failed to call load_tests:\n{traceback.format_exc()}", error)
        return suite

    def loadTestsFromName(self, name, module=None):
        parts, unimported = name.split("."), None
        if module is None:
            todo = parts[:]
            while todo:
                try:
                    module = __import__(".".join(todo))
                    break
                except ImportError:
                    last = todo.pop()
                    unimported = last, f"Failed to import test module: {last}\n{traceback.format_exc()}"
            else:
                return self._failed(*unimported, ImportError(unimported[1]))
            parts = parts[1:]
        obj = module
        parent = None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                if unimported is not None and hasattr(obj, "__path__"):
                    # What lacks is a module that could not be imported: that says more.
                    return self._failed(*unimported, ImportError(unimported[1]))
                return self._failed(part, f"Failed to access attribute:\n{traceback.format_exc()}", error)
        if isinstance(obj, types.ModuleType):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, TestCase) and obj not in (TestCase, FunctionTestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(obj, types.FunctionType) and isinstance(parent, type) and issubclass(parent, TestCase):
            test = parent(parts[-1])
            if not isinstance(getattr(test, parts[-1]), types.FunctionType):
                return self.suiteClass([test])
        elif isinstance(obj, TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, TestSuite):
                return test
            if isinstance(test, TestCase):
                return self.suiteClass([test])
            raise TypeError(f"calling {obj} returned {test}, not a test")
        raise TypeError(f"don't know how to make test from: {obj}")

    def _failed(self, name, text, error):
        """A test that fails with what kept the tests from being found."""
        self.errors.append(text)
        return self.suiteClass((_FailedTest(name, error),))

    def loadTestsFromNames(self, names, module=None):
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        import fnmatch

        def wanted(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            whole = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return self.testNamePatterns is None or any(fnmatch.fnmatchcase(whole, each) for each in self.testNamePatterns)

        if self.testNamePatterns is None:
            names = [name for name in dir(testCaseClass) if name.startswith(self.testMethodPrefix)
                     and callable(getattr(testCaseClass, name))]
        else:
            names = [name for name in dir(testCaseClass) if wanted(name)]
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """The tests of all files below a folder whose names match."""
        import fnmatch
        start_dir = os.path.abspath(start_dir)
        top = os.path.abspath(top_level_dir or start_dir)
        if not os.path.isdir(start_dir):
            raise ImportError(f"Start directory is not importable: {start_dir!r}")
        if top not in sys.path:
            sys.path.insert(0, top)
        tests = []
        for name in sorted(os.listdir(start_dir)):
            path = os.path.join(start_dir, name)
            if os.path.isfile(path) and name.endswith(".py") and name[:-3].isidentifier() and fnmatch.fnmatch(name, pattern):
                full = os.path.relpath(path, top)[:-3].replace(os.sep, ".")
                try:
                    __import__(full)
                    module = sys.modules[full]
                except SkipTest as error:
                    def skipped(self, error=error):
                        raise error
                    made = type("ModuleSkipped", (TestCase,), {full: skipped})
                    tests.append(self.suiteClass((made(full),)))
                    continue
                except Exception:
                    text = f"Failed to import test module: {full}\n{traceback.format_exc()}"
                    self.errors.append(text)
                    tests.append(self.suiteClass((_FailedTest(full, ImportError(text)),)))
                    continue
                tests.append(self.loadTestsFromModule(module, pattern=pattern))
            elif os.path.isdir(path) and os.path.isfile(os.path.join(path, "__init__.py")):
                tests.append(self.discover(path, pattern, top))
        return self.suiteClass(tests)


defaultTestLoader = TestLoader()


def _loader(prefix, sortUsing, suiteClass=None, testNamePatterns=None):
    loader = TestLoader()
    loader.sortTestMethodsUsing, loader.testMethodPrefix, loader.testNamePatterns = sortUsing, prefix, testNamePatterns
    if suiteClass:
        loader.suiteClass = suiteClass
    return loader


def _three_way(x, y):
    return (x > y) - (x < y)


def getTestCaseNames(testCaseClass, prefix, sortUsing=_three_way, testNamePatterns=None):
    return _loader(prefix, sortUsing, testNamePatterns=testNamePatterns).getTestCaseNames(testCaseClass)


def makeSuite(testCaseClass, prefix="test", sortUsing=_three_way, suiteClass=TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromTestCase(testCaseClass)


def findTestCases(module, prefix="test", sortUsing=_three_way, suiteClass=TestSuite):
    return _loader(prefix, sortUsing, suiteClass).loadTestsFromModule(module)


# ── running ──

class _Lines:
    """A stream with writeln()."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        if name in ("stream", "__getstate__"):
            raise AttributeError(name)
        return getattr(self.stream, name)

    def writeln(self, text=None):
        if text:
            self.write(text)
        self.write("\n")


class TextTestRunner:
    """Runs tests and prints what happens."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, warnings=None, *,
                 tb_locals=False):
        self.stream = _Lines(sys.stderr if stream is None else stream)
        self.descriptions, self.verbosity, self.failfast, self.buffer = descriptions, verbosity, failfast, buffer
        self.tb_locals, self.warnings = tb_locals, warnings
        if resultclass is not None:
            self.resultclass = resultclass

    def _makeResult(self):
        return self.resultclass(self.stream, self.descriptions, self.verbosity)

    def run(self, test):
        result = self._makeResult()
        registerResult(result)
        result.failfast, result.buffer, result.tb_locals = self.failfast, self.buffer, self.tb_locals
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            start = time.perf_counter()
            getattr(result, "startTestRun", lambda: None)()
            try:
                test(result)
            finally:
                getattr(result, "stopTestRun", lambda: None)()
            taken = time.perf_counter() - start
        result.printErrors()
        if hasattr(result, "separator2"):
            self.stream.writeln(result.separator2)
        count = result.testsRun
        self.stream.writeln(f"Ran {count} test{'' if count == 1 else 's'} in {taken:.3f}s")
        self.stream.writeln()
        told = []
        if result.wasSuccessful():
            self.stream.write("OK")
        else:
            self.stream.write("FAILED")
            for name, items in ("failures", result.failures), ("errors", result.errors):
                if items:
                    told.append(f"{name}={len(items)}")
        for name, items in (("skipped", result.skipped), ("expected failures", result.expectedFailures),
                            ("unexpected successes", result.unexpectedSuccesses)):
            if items:
                told.append(f"{name}={len(items)}")
        self.stream.writeln(f" ({', '.join(told)})" if told else "")
        self.stream.flush()
        return result


_results = weakref.WeakKeyDictionary()      # those of runs under way; the values mean nothing
_interrupt_handler = None


def registerResult(result):
    _results[result] = True


def removeResult(result):
    """Whether it was registered."""
    return _results.pop(result, None) is not None


class _InterruptHandler:
    """The first Ctrl-C ends the run after the present test, the second at once."""

    def __init__(self, before):
        self.called, self.original_handler = False, before
        if isinstance(before, int):
            import signal
            if before not in (signal.SIG_DFL, signal.SIG_IGN):
                raise TypeError("expected SIGINT signal handler to be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
            before = signal.default_int_handler if before == signal.SIG_DFL else _ignored
        self.default_handler = before

    def __call__(self, signum, frame):
        import signal
        is_replaced = signal.getsignal(signal.SIGINT) is not self
        for due in is_replaced, self.called:
            if due:
                # Somebody has put another handler around this one, or nobody waits any longer.
                self.default_handler(signum, frame)
        self.called = True
        for result in list(_results):
            result.stop()


def _ignored(signum, frame):
    pass


def installHandler():
    """Ctrl-C ends the run after the present test."""
    global _interrupt_handler
    if _interrupt_handler is None:
        import signal
        _interrupt_handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, _interrupt_handler)


def removeHandler(method=None):
    """Ctrl-C does what it did before; as a decorator: during one method."""
    import signal
    if method is None:
        if _interrupt_handler is not None:
            signal.signal(signal.SIGINT, _interrupt_handler.original_handler)
        return None

    @functools.wraps(method)
    def without(*args, **kwargs):
        present = signal.getsignal(signal.SIGINT)
        removeHandler()
        try:
            return method(*args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, present)
    return without


class TestProgram:
    """The command line: finds the tests of a module and runs them."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True,
                 verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        argv = sys.argv if argv is None else argv
        self.exit, self.failfast, self.catchbreak, self.verbosity, self.buffer = exit, failfast, catchbreak, verbosity, buffer
        self.tb_locals, self.defaultTest, self.testRunner, self.testLoader = tb_locals, defaultTest, testRunner, testLoader
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def usageExit(self, msg=None):
        if msg:
            print(msg)
        print(f"usage: {self.progName} [-h] [-v] [-q] [--locals] [-f] [-c] [-b] [-k TESTNAMEPATTERNS] [tests ...]")
        sys.exit(2)

    def parseArgs(self, argv):
        names, rest = [], list(argv[1:])
        if rest and rest[0] == "discover" or self.module is None and not rest:
            self._discover(rest[1:])
            return
        while rest:
            word = rest.pop(0)
            if word in ("-v", "--verbose"):
                self.verbosity = 2
            elif word in ("-q", "--quiet"):
                self.verbosity = 0
            elif word in ("-f", "--failfast"):
                self.failfast = True
            elif word in ("-c", "--catch"):
                self.catchbreak = True
            elif word in ("-b", "--buffer"):
                self.buffer = True
            elif word == "--locals":
                self.tb_locals = True
            elif word.startswith("-k"):
                pattern = word[2:] or (rest.pop(0) if rest else "")
                self.testNamePatterns = (self.testNamePatterns or []) + [pattern if "*" in pattern else f"*{pattern}*"]
            elif word.startswith("-"):
                self.usageExit(f"{self.progName}: error: unrecognized arguments: {word}")
            else:
                names.append(word)
        if self.module is None:
            names = [name[:-3].replace(os.sep, ".") if name.endswith(".py") and os.path.isfile(name) else name for name in names]
        if names:
            self.testNames = names
            if __name__ == "__main__":
                self.module = None
        elif self.defaultTest is None:
            self.testNames = None
        else:
            self.testNames = [self.defaultTest] if isinstance(self.defaultTest, str) else list(self.defaultTest)
        self.createTests()

    def _discover(self, rest):
        where, pattern, top, plain = ".", "test*.py", None, []
        while rest:
            word = rest.pop(0)
            if word in ("-v", "--verbose"):
                self.verbosity = 2
            elif word in ("-s", "--start-directory"):
                where = rest.pop(0)
            elif word in ("-p", "--pattern"):
                pattern = rest.pop(0)
            elif word in ("-t", "--top-level-directory"):
                top = rest.pop(0)
            elif word in ("-q", "--quiet"):
                self.verbosity = 0
            elif word in ("-f", "--failfast"):
                self.failfast = True
            elif word in ("-b", "--buffer"):
                self.buffer = True
            else:
                plain.append(word)
        where, pattern, top = (plain + [where, pattern, top][len(plain):])[:3]
        self.test = self.testLoader.discover(where, pattern, top)

    def createTests(self, from_discovery=False, Loader=None):
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def runTests(self):
        if self.catchbreak:
            installHandler()
        runner = TextTestRunner if self.testRunner is None else self.testRunner
        if isinstance(runner, type):
            options = dict(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer, warnings=self.warnings)
            try:
                runner = runner(**options, tb_locals=self.tb_locals)
            except TypeError:
                runner = runner(**options)
        self.result = runner.run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram

# Where an installed library has them.
for _home, _classes in dict(case=(TestCase, FunctionTestCase, SkipTest, _SubTest), result=(TestResult,), suite=(BaseTestSuite, TestSuite),
                            runner=(TextTestResult, TextTestRunner), loader=(TestLoader, _FailedTest), main=(TestProgram,),
                            async_case=(IsolatedAsyncioTestCase,)).items():
    for _class in _classes:
        _class.__module__ = f"unittest.{_home}"
del _home, _classes, _class

if __name__ == "__main__":
    # The programs to be tested know the module by its name, and the classes there.
    from unittest import main
    main(module=None)

# CPython has a module for each of these; here they are one.
for _name in ("async_case", "case", "loader", "result", "runner", "signals", "suite"):
    globals()[_name] = sys.modules[f"unittest.{_name}"] = sys.modules[__name__]
del _name
