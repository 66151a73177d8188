'''Examples in documentation texts, run and compared with what they say they print.

    def add(a, b):
        """
        >>> add(1, 2)
        3
        """

    doctest.testmod()       TestResults(failed=0, attempted=1)
'''

import __future__
import difflib
import inspect
import io
import linecache
import os
import sys
import traceback
import types
import unittest
from collections import namedtuple

__all__ = ["register_optionflag", "DONT_ACCEPT_TRUE_FOR_1", "DONT_ACCEPT_BLANKLINE", "NORMALIZE_WHITESPACE", "ELLIPSIS", "SKIP",
           "IGNORE_EXCEPTION_DETAIL", "COMPARISON_FLAGS", "REPORT_UDIFF", "REPORT_CDIFF", "REPORT_NDIFF", "REPORT_ONLY_FIRST_FAILURE",
           "REPORTING_FLAGS", "FAIL_FAST", "Example", "DocTest", "DocTestParser", "DocTestFinder", "DocTestRunner", "OutputChecker",
           "DocTestFailure", "UnexpectedException", "DebugRunner", "testmod", "testfile", "run_docstring_examples", "DocTestSuite",
           "DocFileSuite", "set_unittest_reportflags", "script_from_examples", "testsource", "debug_src", "debug"]

TestResults = namedtuple("TestResults", "failed attempted")
OPTIONFLAGS_BY_NAME = {}


def register_optionflag(name):
    """A flag of that name, a bit of its own."""
    return OPTIONFLAGS_BY_NAME.setdefault(name, 1 << len(OPTIONFLAGS_BY_NAME))


for _name in ("DONT_ACCEPT_TRUE_FOR_1 DONT_ACCEPT_BLANKLINE NORMALIZE_WHITESPACE ELLIPSIS SKIP IGNORE_EXCEPTION_DETAIL REPORT_UDIFF "
              "REPORT_CDIFF REPORT_NDIFF REPORT_ONLY_FIRST_FAILURE FAIL_FAST").split():
    globals()[_name] = register_optionflag(_name)
del _name
COMPARISON_FLAGS = (DONT_ACCEPT_TRUE_FOR_1 | DONT_ACCEPT_BLANKLINE | NORMALIZE_WHITESPACE | ELLIPSIS | SKIP | IGNORE_EXCEPTION_DETAIL)
REPORTING_FLAGS = REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF | REPORT_ONLY_FIRST_FAILURE | FAIL_FAST

BLANKLINE_MARKER = "<BLANKLINE>"
ELLIPSIS_MARKER = "..."


def _features(globs):
    """The flags of the __future__ features that a namespace has."""
    known = {name: getattr(__future__, name) for name in __future__.all_feature_names}
    # Each has a bit of its own.
    return sum(feature.compiler_flag for name, feature in known.items() if globs.get(name) is feature)


def _indent(text, indent=4):
    return "\n".join(" " * indent + line if line else line for line in text.split("\n"))


# ── examples and tests ──

class Example:
    """A piece of code and what it should print or raise."""

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        def whole(text):
            return text if not text or text.endswith("\n") else text + "\n"
        self.source = source if source.endswith("\n") else source + "\n"
        self.want = whole(want)
        self.exc_msg = exc_msg if exc_msg is None or exc_msg.endswith("\n") else exc_msg + "\n"
        self.lineno, self.indent, self.options = lineno, indent, options or {}

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.exc_msg

    def __eq__(self, other):
        return (self._key(), self.options) == (other._key(), other.options) if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash(self._key())


class DocTest:
    """The examples of one text, which share a namespace."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        self.examples, self.docstring, self.globs = examples, docstring, globs.copy()
        self.name, self.filename, self.lineno = name, filename, lineno

    def __repr__(self):
        count = len(self.examples)
        told = "no examples" if not count else f"{count} example{'s' if count > 1 else ''}"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({told})>"

    def _key(self):
        return self.docstring, self.name, self.filename, self.lineno

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return (self._key(), self.examples, self.globs) == (other._key(), other.examples, other.globs)

    def __hash__(self):
        return hash(self._key())

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented

        def key(test):
            return test.name, test.filename, test.lineno or 0, id(test)
        return key(self) < key(other)


class DocTestParser:
    """Finds the examples in a text."""

    def parse(self, string, name="<string>"):
        """Examples, and the texts between them."""
        string = string.expandtabs()
        least = min((len(line) - len(line.lstrip(" ")) for line in string.split("\n") if line.strip()), default=0)
        lines = [line[least:] for line in string.split("\n")] if least else string.split("\n")
        found, between, at = [], [], 0
        while at < len(lines):
            stripped = lines[at].lstrip(" ")
            if not stripped.startswith(">>>"):
                between.append(lines[at])
                at += 1
                continue
            indent = len(lines[at]) - len(stripped)
            start = at
            at += 1
            while at < len(lines) and lines[at].lstrip(" ").startswith("..."):
                at += 1
            source = lines[start:at]
            first_want = at
            while at < len(lines) and lines[at].strip() and not lines[at].lstrip(" ").startswith(">>>"):
                at += 1
            self._check(source, lines[first_want:at], indent, name, start)
            found.append("\n".join(between) + ("\n" if between else ""))
            between = []
            code = "\n".join(line[indent + 4:] for line in source)
            want = "\n".join(line[indent:].rstrip() if not line.strip() else line[indent:] for line in lines[first_want:at])
            options = self._find_options(code, name, start)
            found.append(Example(code, want, self._exception(want), start, least + indent, options) if not self._is_empty(code) else "")
        found.append("\n".join(between))
        return found

    def _is_empty(self, code):
        """Nothing but comments and blank lines."""
        return all(not line.strip() or line.lstrip().startswith("#") for line in code.split("\n"))

    def _check(self, source, want, indent, name, lineno):
        for number, line in enumerate(source, lineno + 1):
            if len(line) > indent + 3 and line[indent + 3] != " ":
                raise ValueError(f"line {number} of the docstring for {name} lacks blank after {line[indent:indent + 3]}: {line!r}")
        for number, line in enumerate(source[1:], lineno + 1):
            if not line.startswith(" " * indent + "."):
                raise ValueError(f"line {number + 1} of the docstring for {name} has inconsistent leading whitespace: {line!r}")
        for number, line in enumerate(want, lineno + len(source)):
            if line and not line.startswith(" " * indent):
                raise ValueError(f"line {number + 1} of the docstring for {name} has inconsistent leading whitespace: {line!r}")

    def _exception(self, want):
        """The last part of a traceback: which exception is wanted."""
        lines = want.split("\n")
        if lines[0].rstrip() not in ("Traceback (most recent call last):", "Traceback (innermost last):"):
            return None
        for index, line in enumerate(lines[1:], 1):
            if line[:1].isalpha() or line[:1] == "_" or line[:1].isdigit():
                return "\n".join(lines[index:])
        return None

    def _find_options(self, source, name, lineno):
        """What comments such as `# doctest: +SKIP` set."""
        options = {}
        for line in source.split("\n"):
            at = line.find("#")
            while at >= 0:
                text = line[at + 1:].lstrip()
                if text.startswith("doctest:") and "'" not in text and '"' not in text:
                    for word in text[8:].replace(",", " ").split():
                        if word[0] not in "+-" or word[1:] not in OPTIONFLAGS_BY_NAME:
                            raise ValueError(f"line {lineno + 1} of the doctest for {name} has an invalid option: {word!r}")
                        options[OPTIONFLAGS_BY_NAME[word[1:]]] = word[0] == "+"
                    break
                at = line.find("#", at + 1)
        if options and self._is_empty(source):
            raise ValueError(f"line {lineno} of the doctest for {name} has an option directive on a line with no example: {source!r}")
        return options

    def get_examples(self, string, name="<string>"):
        return [part for part in self.parse(string, name) if isinstance(part, Example)]

    def get_doctest(self, string, globs, name, filename, lineno):
        examples = self.get_examples(string, name)
        return DocTest(examples, globs, name, filename, lineno, docstring=string)


class DocTestFinder:
    """Finds the tests of a module, class or function and of all in it."""

    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._verbose, self._recurse, self._exclude_empty = parser, verbose, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        if name is None and (name := getattr(obj, "__name__", None)) is None:
            raise ValueError(f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}")
        home = inspect.getmodule(obj) if module is None else module or None
        if globs is None:
            globs = vars(home) if home is not None else {}
        tests = []
        self._look(tests, obj, name, home, self._lines(obj, home), {"__name__": "__main__", **globs, **(extraglobs or {})}, set())
        return sorted(tests)

    def _lines(self, obj, module):
        """The source that an object stands in, None where it cannot be had."""
        try:
            path = inspect.getsourcefile(obj)
        except TypeError:
            path = getattr(module, "__file__", None)
        if path is None:
            return None
        return linecache.getlines(path, *[vars(module)] if module is not None else []) or None

    def _is_of(self, module, obj):
        home = inspect.getmodule(obj)
        if module is None or home is not None:
            return module is None or module is home
        if inspect.isfunction(obj):
            return vars(module) is obj.__globals__
        holder = getattr(obj, "__objclass__", obj)
        if hasattr(holder, "__module__"):
            return holder.__module__ == module.__name__
        if not isinstance(obj, property):
            raise ValueError("object must be a class or function")
        return True

    def _is_routine(self, obj):
        try:
            obj = inspect.unwrap(obj)
        except ValueError:
            pass
        return inspect.isroutine(obj)

    def _look(self, tests, obj, name, module, lines, globs, seen):
        if self._verbose:
            print(f"Finding tests in {name}")
        if id(obj) in seen:
            return
        seen.add(id(obj))
        test = self._test_of(obj, name, module, globs, lines)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            for inner_name, inner in obj.__dict__.items():
                if (self._is_routine(inner) or inspect.isclass(inner)) and self._is_of(module, inner):
                    self._look(tests, inner, f"{name}.{inner_name}", module, lines, globs, seen)
            for inner_name, inner in getattr(obj, "__test__", {}).items():
                if not isinstance(inner_name, str):
                    raise ValueError(f"DocTestFinder.find: __test__ keys must be strings: {type(inner_name)!r}")
                if not (self._is_routine(inner) or inspect.isclass(inner) or inspect.ismodule(inner) or isinstance(inner, str)):
                    raise ValueError("DocTestFinder.find: __test__ values must be strings, functions, methods, classes, or modules: "
                                     f"{type(inner)!r}")
                self._look(tests, inner, f"{name}.__test__.{inner_name}", module, lines, globs, seen)
        elif inspect.isclass(obj):
            for inner_name, inner in obj.__dict__.items():
                if isinstance(inner, (staticmethod, classmethod)):
                    inner = inner.__func__
                if (inspect.isroutine(inner) or inspect.isclass(inner) or isinstance(inner, property)) and self._is_of(module, inner):
                    self._look(tests, inner, f"{name}.{inner_name}", module, lines, globs, seen)

    def _test_of(self, obj, name, module, globs, lines):
        if isinstance(obj, str):
            doc = obj
        else:
            doc = getattr(obj, "__doc__", None)
            doc = "" if doc is None else doc if isinstance(doc, str) else str(doc)
        lineno = self._line(obj, lines)
        if self._exclude_empty and not doc:
            return None
        filename = None if module is None else getattr(module, "__file__", None) or module.__name__
        if filename is not None and filename.endswith(".pyc"):
            filename = filename[:-1]
        return self._parser.get_doctest(doc, globs, name, filename, lineno)

    def _line(self, obj, lines):
        """The index of the line where the text begins, if it can be told."""
        number = None
        doc = getattr(obj, "__doc__", None)
        if inspect.ismodule(obj) and doc is not None:
            number = 0
        elif inspect.isclass(obj) and doc is not None and lines is not None:
            for index, line in enumerate(lines):
                words = line.split()
                if words[:1] == ["class"] and len(words) > 1 and words[1].split("(")[0].split(":")[0] == obj.__name__:
                    number = index
                    break
        if inspect.ismethod(obj):
            obj = obj.__func__
        if inspect.isfunction(obj) and getattr(obj, "__doc__", None):
            obj = inspect.unwrap(obj)
            obj = getattr(obj, "__code__", None)
        if inspect.istraceback(obj):
            obj = obj.tb_frame
        if inspect.isframe(obj):
            obj = obj.f_code
        if inspect.iscode(obj):
            number = obj.co_firstlineno - 1
        if number is None or lines is None:
            return number if number is None else number + 1
        for index in range(number, len(lines)):
            text = lines[index].lstrip()
            while text[:1] and text[0] in "rRuUbBfF" and text[1:2] in "rRuUbBfF'\"" and text[1:2]:
                text = text[1:]
            if text[:1] in ("'", '"') and text:
                return index
        return None


# ── running ──

class OutputChecker:
    """Compares what was printed with what was wanted."""

    def _ascii(self, text):
        return str(text.encode("ASCII", "backslashreplace"), "ASCII")

    def check_output(self, want, got, optionflags):
        got, want = self._ascii(got), self._ascii(want)
        if got == want:
            return True
        if not optionflags & DONT_ACCEPT_TRUE_FOR_1 and (got, want) in (("True\n", "1\n"), ("False\n", "0\n")):
            return True
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            want = "\n".join("" if line.rstrip() == BLANKLINE_MARKER else line for line in want.split("\n"))
            got = "\n".join(line if line.strip(" \t") else "" for line in got.split("\n"))
            if got == want:
                return True
        if optionflags & NORMALIZE_WHITESPACE:
            got, want = " ".join(got.split()), " ".join(want.split())
            if got == want:
                return True
        return bool(optionflags & ELLIPSIS) and _matches(want, got)

    def output_difference(self, example, got, optionflags):
        want = example.want
        if not optionflags & DONT_ACCEPT_BLANKLINE:
            got = "\n".join(line if line.strip(" ") else BLANKLINE_MARKER for line in got.split("\n")[:-1]) + (
                "\n" if got.endswith("\n") else got.split("\n")[-1]) if got else got
        if optionflags & (REPORT_UDIFF | REPORT_CDIFF | REPORT_NDIFF) and (
                optionflags & REPORT_NDIFF or want.count("\n") > 2 and got.count("\n") > 2):
            wanted, have = want.splitlines(keepends=True), got.splitlines(keepends=True)
            if optionflags & REPORT_UDIFF:
                lines, title = list(difflib.unified_diff(wanted, have, n=2))[2:], "unified diff with -expected +actual"
            elif optionflags & REPORT_CDIFF:
                lines, title = list(difflib.context_diff(wanted, have, n=2))[2:], "context diff with expected followed by actual"
            else:
                lines, title = list(difflib.Differ(charjunk=difflib.IS_CHARACTER_JUNK).compare(wanted, have)), "ndiff with -expected +actual"
            return f"Differences ({title}):\n" + _indent("".join(lines))
        return "".join(f"{word}:\n{_indent(text)}" if text else f"{word} nothing\n" for word, text in (("Expected", want), ("Got", got)))


def _matches(want, got):
    """Equal, where `...` stands for anything?"""
    if ELLIPSIS_MARKER not in want:
        return want == got
    pieces = want.split(ELLIPSIS_MARKER)
    start, end = 0, len(got)
    first, last = pieces.pop(0), pieces.pop()
    if first:
        if not got.startswith(first):
            return False
        start = len(first)
    if last:
        if not got.endswith(last):
            return False
        end -= len(last)
    if start > end:
        return False
    for piece in pieces:
        start = got.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True


def _without_detail(message):
    """The name of an exception alone: no module, no text."""
    line = message.split("\n", 1)[0]
    line = line.split(":", 1)[0]
    return line.rpartition(".")[2].strip()


class _Output(io.StringIO):
    """What examples print."""

    def getvalue(self):
        text = super().getvalue()
        return text if not text or text.endswith("\n") else text + "\n"

    def truncate(self, size=None):
        self.seek(size)
        super().truncate()


class DocTestFailure(Exception):
    """An example printed something else."""

    def __init__(self, test, example, got):
        self.test, self.example, self.got = test, example, got

    def __str__(self):
        return str(self.test)


class UnexpectedException(Exception):
    """An example raised."""

    def __init__(self, test, example, exc_info):
        self.test, self.example, self.exc_info = test, example, exc_info

    def __str__(self):
        return str(self.test)


class DocTestRunner:
    """Runs the examples of tests and counts those that fail."""

    DIVIDER = "*" * 70

    def __init__(self, checker=None, verbose=None, optionflags=0):
        self._checker = OutputChecker() if not checker else checker
        self._verbose = "-v" in sys.argv if verbose is None else verbose
        self.optionflags = self.original_optionflags = optionflags
        self.tries = self.failures = 0
        self._name2ft = {}
        self._fakeout = _Output()

    def report_start(self, out, test, example):
        if self._verbose:
            want = f"Expecting:\n{_indent(example.want)}" if example.want else "Expecting nothing\n"
            out(f"Trying:\n{_indent(example.source)}{want}")

    def report_success(self, out, test, example, got):
        if self._verbose:
            out("ok\n")

    def report_failure(self, out, test, example, got):
        out(self._head(test, example) + self._checker.output_difference(example, got, self.optionflags))

    def report_unexpected_exception(self, out, test, example, exc_info):
        out(self._head(test, example) + "Exception raised:\n" + _indent("".join(traceback.format_exception(*exc_info))))

    def _head(self, test, example):
        lines = [self.DIVIDER]
        line = test.lineno + example.lineno + 1 if test.lineno is not None and example.lineno is not None else "?"
        if test.filename:
            lines.append(f'File "{test.filename}", line {line}, in {test.name}')
        else:
            lines.append(f"Line {example.lineno + 1}, in {test.name}")
        lines.append("Failed example:")
        return "\n".join(lines) + "\n" + _indent(example.source)

    def __run(self, test, compileflags, out):
        failures = tries = 0
        for number, example in enumerate(test.examples):
            quiet = bool(self.optionflags & REPORT_ONLY_FIRST_FAILURE) and failures > 0
            self.optionflags = self.original_optionflags
            for flag, is_on in example.options.items():
                self.optionflags = self.optionflags | flag if is_on else self.optionflags & ~flag
            if self.optionflags & SKIP:
                continue
            tries += 1
            if not quiet:
                self.report_start(out, test, example)
            raised = None
            try:
                exec(compile(example.source, f"<doctest {test.name}[{number}]>", "single", compileflags, dont_inherit=True), test.globs)
                self.debugger = None
            except KeyboardInterrupt:
                raise
            except:
                raised = sys.exc_info()
            got = self._printed()
            is_right = self._is_right(example, got, raised)
            if raised is not None and not quiet:
                got += "".join(traceback.format_exception(*raised))
            failures += not is_right
            if quiet:
                pass
            elif is_right or raised is None or example.exc_msg is not None:
                (self.report_success if is_right else self.report_failure)(out, test, example, got)
            else:
                self.report_unexpected_exception(out, test, example, raised)
            raised = None
            if failures and self.optionflags & FAIL_FAST:
                break
        self.optionflags = self.original_optionflags
        failed, tried = self._name2ft.get(test.name, (0, 0))
        self._name2ft[test.name] = failed + failures, tried + tries
        self.failures += failures
        self.tries += tries
        return TestResults(failed=failures, attempted=tries)

    def _printed(self):
        """What the example has printed."""
        text = self._fakeout.getvalue()
        self._fakeout.truncate(0)
        return text

    def _is_right(self, example, got, raised):
        """Did it print, or raise, what it should?"""
        flags = self.optionflags
        if raised is None:
            return self._checker.check_output(example.want, got, flags)
        lines = traceback.format_exception_only(*raised[:2])
        kind, wanted = raised[0], example.exc_msg
        if issubclass(kind, SyntaxError):
            # The lines that show the place don't count.
            names = f"{kind.__qualname__}:", f"{kind.__module__}.{kind.__qualname__}:"
            lines = lines[next((index for index, line in enumerate(lines) if line.startswith(names)), 0):]
        message = "".join(lines)
        if wanted is None or self._checker.check_output(wanted, message, flags):
            return wanted is not None
        return bool(flags & IGNORE_EXCEPTION_DETAIL) and self._checker.check_output(_without_detail(wanted), _without_detail(message), flags)

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        """Run the examples of a test."""
        self.test = test
        if compileflags is None:
            compileflags = _features(test.globs)
        screen = sys.stdout
        if out is None:
            encoding = screen.encoding

            def out(text):
                if encoding and encoding.lower() != "utf-8":
                    text = str(text.encode(encoding, "backslashreplace"), encoding)
                screen.write(text)
        sys.stdout = self._fakeout
        hook, lines = sys.displayhook, linecache.getlines
        sys.displayhook = sys.__displayhook__

        def getlines(filename, module_globals=None):
            """The examples are files of their own."""
            start = f"<doctest {test.name}["
            if filename.startswith(start) and filename.endswith("]>"):
                return test.examples[int(filename[len(start):-2])].source.splitlines(keepends=True)
            return lines(filename, module_globals)

        linecache.getlines = getlines
        try:
            return self.__run(test, compileflags, out)
        finally:
            sys.stdout, sys.displayhook, linecache.getlines = screen, hook, lines
            if clear_globs:
                test.globs.clear()
                import builtins
                builtins._ = None

    def summarize(self, verbose=None):
        """Print how many failed; in verbose runs, which tests there were."""
        verbose = self._verbose if verbose is None else verbose
        rows = sorted((name, *counts) for name, counts in self._name2ft.items())
        total_failed, total = sum(row[1] for row in rows), sum(row[2] for row in rows)

        def listed(what, lines):
            if lines:
                print(f"{len(lines)} items {what}:", *lines, sep="\n")

        if verbose:
            listed("had no tests", [f"    {name}" for name, _, tries in rows if not tries])
            listed("passed all tests", [f" {tries:3d} tests in {name}" for name, failures, tries in rows if tries and not failures])
        if total_failed:
            print(self.DIVIDER)
            listed("had failures", [f" {failures:3d} of {tries:3d} in {name}" for name, failures, tries in rows if failures])
        if verbose:
            print(total, "tests in", len(self._name2ft), "items.")
            print(total - total_failed, "passed and", total_failed, "failed.")
        if total_failed:
            print("***Test Failed***", total_failed, "failures.")
        elif verbose:
            print("Test passed.")
        return TestResults(total_failed, total)

    def merge(self, other):
        for name, (failed, tried) in other._name2ft.items():
            if name in self._name2ft:
                failed, tried = failed + self._name2ft[name][0], tried + self._name2ft[name][1]
            self._name2ft[name] = failed, tried


class DebugRunner(DocTestRunner):
    """Raises at the first failure."""

    def run(self, test, compileflags=None, out=None, clear_globs=True):
        result = super().run(test, compileflags, out, False)
        if clear_globs:
            test.globs.clear()
        return result

    def report_unexpected_exception(self, out, test, example, exc_info):
        raise UnexpectedException(test, example, exc_info)

    def report_failure(self, out, test, example, got):
        raise DocTestFailure(test, example, got)


# ── from outside ──

master = None


def _finish(runner, report, tests=None):
    global master
    if report:
        runner.summarize()
    if master is None:
        master = runner
    else:
        master.merge(runner)
    return TestResults(failed=runner.failures, attempted=runner.tries)


def testmod(m=None, name=None, globs=None, verbose=None, report=True, optionflags=0, extraglobs=None, raise_on_error=False,
            exclude_empty=False):
    """Test the examples in a module's documentation; without one, those of the program."""
    m = sys.modules.get("__main__") if m is None else m
    if not inspect.ismodule(m):
        raise TypeError(f"testmod: module required; {m!r}")
    name = m.__name__ if name is None else name
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    for test in DocTestFinder(exclude_empty=exclude_empty).find(m, name, globs=globs, extraglobs=extraglobs):
        runner.run(test)
    return _finish(runner, report)


def _normalize_module(module, depth=2):
    """A module, by its name too; without one, that of the caller so many frames up."""
    if module is None:
        module = sys._getframe(depth).f_globals["__name__"]
    if isinstance(module, str):
        return __import__(module, fromlist=["*"])
    if not inspect.ismodule(module):
        raise TypeError("Expected a module, string, or None")
    return module


def _load_testfile(filename, package, module_relative, encoding):
    if module_relative:
        home = _normalize_module(package, depth=3)
        if filename.startswith("/"):
            raise ValueError("Module-relative files may not have absolute paths")
        base = os.path.dirname(getattr(home, "__file__", None) or sys.argv[0])
        filename = os.path.join(base, *filename.split("/"))
    with open(filename, encoding=encoding) as file:
        return file.read(), filename


def testfile(filename, module_relative=True, name=None, package=None, globs=None, verbose=None, report=True, optionflags=0,
             extraglobs=None, raise_on_error=False, parser=DocTestParser(), encoding=None):
    """Test the examples in a text file."""
    if package and not module_relative:
        raise ValueError("Package may only be specified for module-relative paths.")
    text, filename = _load_testfile(filename, package, module_relative, encoding or "utf-8")
    name = os.path.basename(filename) if name is None else name
    globs = {**(globs or {}), **(extraglobs or {})}
    globs.setdefault("__name__", "__main__")
    runner = (DebugRunner if raise_on_error else DocTestRunner)(verbose=verbose, optionflags=optionflags)
    runner.run(parser.get_doctest(text, globs, name, filename, 0))
    return _finish(runner, report)


def run_docstring_examples(f, globs, verbose=False, name="NoName", compileflags=None, optionflags=0):
    """Test the examples of one object."""
    run = DocTestRunner(None, verbose, optionflags).run
    for test in DocTestFinder(verbose, recurse=False).find(f, name, globs=globs):
        run(test, compileflags)


# ── with unittest ──

_unittest_reportflags = 0


def set_unittest_reportflags(flags):
    global _unittest_reportflags
    if flags & REPORTING_FLAGS != flags:
        raise ValueError("Only reporting flags allowed", flags)
    old, _unittest_reportflags = _unittest_reportflags, flags
    return old


class DocTestCase(unittest.TestCase):
    """The examples of one text as a test."""

    def __init__(self, test, optionflags=0, setUp=None, tearDown=None, checker=None):
        super().__init__()
        self._dt_optionflags, self._dt_checker, self._dt_test = optionflags, checker, test
        self._dt_setUp, self._dt_tearDown = setUp, tearDown

    def setUp(self):
        self._dt_globs = self._dt_test.globs.copy()
        if self._dt_setUp is not None:
            self._dt_setUp(self._dt_test)

    def tearDown(self):
        if self._dt_tearDown is not None:
            self._dt_tearDown(self._dt_test)
        self._dt_test.globs.clear()
        self._dt_test.globs.update(self._dt_globs)

    def runTest(self):
        screen, told = sys.stdout, []
        flags = self._dt_optionflags
        if not flags & REPORTING_FLAGS:
            flags |= _unittest_reportflags
        runner = DocTestRunner(self._dt_checker, False, flags)
        runner.DIVIDER = "-" * 70
        try:
            failed, _ = runner.run(self._dt_test, None, told.append, False)
        finally:
            sys.stdout = screen
        if failed:
            raise self.failureException(self.format_failure("".join(told)))

    def format_failure(self, err):
        test = self._dt_test
        line = "unknown line number" if test.lineno is None else f"{test.lineno}"
        name = test.name.split(".")[-1]
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line {line}, in {name}\n\n{err}'

    def debug(self):
        self.setUp()
        DebugRunner(self._dt_checker, False, self._dt_optionflags).run(self._dt_test, None, None, False)
        self.tearDown()

    def id(self):
        return self._dt_test.name

    def __eq__(self, other):
        return self._dt_test == other._dt_test if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((self._dt_optionflags, self._dt_setUp, self._dt_tearDown, self._dt_checker))

    def __repr__(self):
        place, _, last = self._dt_test.name.rpartition(".")
        return f"{last} ({place})"

    __str__ = object.__str__

    def shortDescription(self):
        return f"Doctest: {self._dt_test.name}"


class _DocTestSuite(unittest.TestSuite):
    def _forget(self, index):
        pass


def DocTestSuite(module=None, globs=None, extraglobs=None, test_finder=None, **options):
    """The tests of a module as a suite of unittest."""
    home = _normalize_module(module)
    found = (test_finder or DocTestFinder()).find(home, globs=globs, extraglobs=extraglobs)
    tests = [test for test in sorted(found) if test.examples]
    for test in tests:
        test.filename = test.filename or getattr(home, "__file__", home.__name__)
    return _DocTestSuite(DocTestCase(test, **options) for test in tests)


class DocFileCase(DocTestCase):
    def id(self):
        return self._dt_test.name.replace(".", "_")

    def __repr__(self):
        return self._dt_test.filename

    def format_failure(self, err):
        test = self._dt_test
        return f'Failed doctest test for {test.name}\n  File "{test.filename}", line 0\n\n{err}'


def DocFileTest(path, module_relative=True, package=None, globs=None, parser=DocTestParser(), encoding=None, **options):
    text, path = _load_testfile(path, package, module_relative, encoding or "utf-8")
    globs = dict(globs or {})
    globs.setdefault("__file__", path)
    return DocFileCase(parser.get_doctest(text, globs, os.path.basename(path), path, 0), **options)


def DocFileSuite(*paths, **kw):
    """The examples of text files as a suite."""
    if kw.get("module_relative", True):
        kw = {**kw, "package": _normalize_module(kw.get("package"))}
    return _DocTestSuite(DocFileTest(path, **kw) for path in paths)


# ── as programs ──

def script_from_examples(s):
    """A text as a program: what is no example becomes a comment."""
    lines = []
    for part in DocTestParser().parse(s):
        if isinstance(part, Example):
            lines.append(part.source[:-1])
            if part.want:
                lines.append("# Expected:")
                lines += ["## " + line for line in part.want.split("\n")[:-1]]
        else:
            lines += ["# " + line if line.strip() else "#" for line in part.split("\n")[:-1]]
    while lines and lines[-1] == "#":
        lines.pop()
    while lines and lines[0] == "#":
        lines.pop(0)
    return "\n".join(lines) + "\n"


def testsource(module, name):
    tests = {test.name: test for test in DocTestFinder().find(_normalize_module(module))}
    if name not in tests:
        raise ValueError(name, "not found in tests")
    return script_from_examples(tests[name].docstring)


def debug_script(src, pm=False, globs=None):
    exec(src, dict(globs or {}))


def debug_src(src, pm=False, globs=None):
    debug_script(script_from_examples(src), pm, globs)


def debug(module, name, pm=False):
    home = _normalize_module(module)
    debug_script(testsource(home, name), pm, vars(home))


def _test(arguments):
    """python -m doctest [-v] [-o OPTION] [-f] FILE..."""
    verbose, flags, files, rest = False, 0, [], list(arguments)
    while rest:
        word = rest.pop(0)
        if word in ("-v", "--verbose"):
            verbose = True
        elif word in ("-o", "--option"):
            flags |= OPTIONFLAGS_BY_NAME[rest.pop(0)]
        elif word in ("-f", "--fail-fast"):
            flags |= FAIL_FAST
        else:
            files.append(word)
    for name in files:
        if name.endswith(".py"):
            folder, file = os.path.split(name)
            sys.path.insert(0, folder)
            module = __import__(file[:-3])
            del sys.path[0]
            failures, _ = testmod(module, verbose=verbose, optionflags=flags)
        else:
            failures, _ = testfile(name, module_relative=False, verbose=verbose, optionflags=flags)
        if failures:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(_test(sys.argv[1:]))
