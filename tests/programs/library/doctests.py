"""Module doc.

>>> add(1, 2)
3
>>> add(2, 2)
5
"""

import io as _io
import os as _os
import sys as _sys

_sys.stdout = _out = _io.StringIO()
_HERE = _os.path.dirname(_os.path.abspath(__file__)) + "/"
import doctest, sys
def add(a, b):
    """Add.

    >>> add(1, 2)
    3
    >>> for i in range(2):
    ...     print(i)
    ...
    0
    1
    >>> add(1, "a")
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for +: 'int' and 'str'
    >>> 1/0
    >>> print("a\\n\\nb")
    a
    <BLANKLINE>
    b
    >>> print("a\\n\\nb")
    a
    c
    >>> list(range(20)) # doctest: +ELLIPSIS
    [0, 1, ..., 18, 19]
    >>> print("a   b") # doctest: +NORMALIZE_WHITESPACE
    a b
    >>> x = 3
    >>> x
    >>> x = 4
    5
    >>> skip this # doctest: +SKIP
    >>> def f():
    ...     return 1/0
    >>> f()
    0
    >>> raise ValueError("a\\nb")
    Traceback (most recent call last):
    ValueError: a
    b
    >>> int("x") # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ValueError: other
    >>> True
    1
    """
    return a + b
class C:
    """
    >>> C().m()
    'x'
    """
    def m(self):
        """
        text
            >>> C().m()
            'y'
            >>> print('''multi
            ... line''')
            multi
            line
        """
        return "x"
    @property
    def p(self):
        """
        >>> C().p
        1
        """
        return 1
    @staticmethod
    def s():
        """
        >>> C.s()
        """
    class D:
        """>>> 3
        3"""
__test__ = {"extra": """
>>> 1 + 1
2
>>> eval("1 +")
Traceback (most recent call last):
  File "<string>", line 1
    1 +
      ^
SyntaxError: invalid syntax
"""}
if __name__ == "__main__":
    print(doctest.testmod())
    print(doctest.testmod(verbose=True))
    print(doctest.testmod(optionflags=doctest.REPORT_NDIFF | doctest.FAIL_FAST))
    print(doctest.testmod(optionflags=doctest.REPORT_UDIFF | doctest.REPORT_ONLY_FIRST_FAILURE, report=False))
    doctest.run_docstring_examples(C.m, globals())
    p = doctest.DocTestParser()
    for e in p.get_examples(add.__doc__): print(repr(e.source), repr(e.want), repr(e.exc_msg), e.lineno, e.indent, e.options)
    print([x if isinstance(x, str) else "E" for x in p.parse(add.__doc__)])
    for t in doctest.DocTestFinder().find(sys.modules["__main__"], "m"): print(t, t.lineno, t.name)
    for bad in (">>>x", ">>> x\n ... y", "  >>> x\n y\n", ">>> x # doctest: +BAD"):
        try: print(p.get_examples(bad))
        except ValueError as e: print(e)
    print(doctest.script_from_examples(add.__doc__))
    try: doctest.testmod(raise_on_error=True)
    except Exception as e: print(type(e).__name__, e)
    import unittest, io
    out = io.StringIO()
    r = unittest.TextTestRunner(stream=out).run(doctest.DocTestSuite())
    print(r, len(r.failures)); print("Failed doctest test for __main__" in r.failures[0][1])

_sys.stdout = _sys.__stdout__
_text = _out.getvalue().replace(_HERE, "")
_lines = [line for line in _text.split("\n") if not any(piece in line for piece in ("in __run", "exec(compile(example.source", "in runTest", "raise self.failureException"))]
for _line in _lines:
    _at = 0
    while (_at := _line.find(" at 0x", _at)) >= 0:
        _end = _at + 6
        while _line[_end:_end + 1] and _line[_end] in "0123456789abcdef":
            _end += 1
        _line, _at = _line[:_at] + " at 0x" + _line[_end:], _at + 6
    print(_line)
