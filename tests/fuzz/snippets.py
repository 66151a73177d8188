"""What differential.py runs: random snippets of Python, the body of one function each.

A snippet shows values (`show` of the prelude) or raises. Numbers stay small, or so large that everything refuses them: what
lies between would only take time and memory.
"""

import itertools
import math
import operator
import random  # noqa: F401 (methods of Random are called)
import collections

SMALL = ["0", "1", "2", "3", "-1", "-2", "5", "7", "10", "-7", "16", "36", "37", "64", "100", "255", "256", "257", "-128", "1000"]
HUGE = ["2**63", "-2**63", "2**63-1", "10**20", "-10**19", "2**64", "2**100", "10**30+7"]
FLOATS = ["0.0", "-0.0", "0.1", "1.5", "2.5", "-2.5", "3.0", "1e16", "1e22", "1e-7", "123456.789", "1e308", "5e-324", "0.5", "1/3",
          "float('inf')", "float('-inf')", "1e15+0.3", "2.675", "-1e-5", "9.999999e5", "100.0", "2.0**53"]
NAN = ["float('nan')"]
COMPLEX = ["1j", "0j", "1+2j", "-1-0.5j", "complex('inf')", "complex(-0.0, 1)", "3+0j", "-0j", "1e20j"]
STRS = ["''", "'a'", "'abc'", "'Hello World'", "'a,b,,c'", "'  x y  '", "'ab\\ncd\\r\\ne'", "'äöüß'", "'ǆ'", "'ΑΣ'", "'ﬁx'", "'\\u0130'",
        "'12'", "'-3.5e2'", "'0x1F'", "'1_000'", "'٣'", "'½'", "'²'", "'😀a'", "'\\ud800'", "'\\x00'", "'tab\\there'", "'{}'", "'{0!r:>5}'", "'%d'",
        "'aXbXc'", "'aaa'", "'ǅungla'", "'ab' * 5", "'it\\'s \"q\"'", "'\\\\'", "'x' * 20", "'\\x7f\\xa0\\xad'", "'def'", "'_id9'", "'1j'", "'nan'", "'inf'",
        "'UPPER'", "'Title Case'", "'+5'", "' 7 '", "'0b101'", "'é'", "'e\\u0301'", "'\\u2028x'", "'日本語'"]
BYTES = ["b''", "b'a'", "b'abc'", "b'Hello World'", "b'a,b,,c'", "b'  x  '", "b'ab\\ncd\\r\\ne'", "b'\\x00\\xff\\x80'", "b'12'", "b'%d'", "b'\\xc3\\xa4'",
         "b'aXbXc'", "b'aaa'", "b'it\\'s'", "b'abc' * 3", "bytes(3)", "bytes(range(5))", "b'%s-%x'", "b'Title Case'", "b'\\t\\x0b'"]
EXCEPTIONS = ["ValueError('v')", "KeyError('k')", "KeyError", "TypeError()", "StopIteration(3)", "MyError(1, 2)", "IndexError", "RuntimeError('r', 1)",
              "AttributeError('a')", "ZeroDivisionError('z')", "OSError(2, 'no', 'f')", "ExceptionGroup('g', [ValueError(1), TypeError(2)])",
              "UnicodeDecodeError('utf-8', b'ab\\xff', 2, 3, 'bad')", "SystemExit(3)", "AssertionError", "ImportError('i', name='n')",
              "KeyboardInterrupt()", "LookupError('l')", "NotImplementedError", "StopAsyncIteration", "GeneratorExit", "OSError(13, 'x')"]
EXC_NAMES = ["ValueError", "KeyError", "TypeError", "Exception", "(KeyError, IndexError)", "LookupError", "ArithmeticError", "BaseException",
             "StopIteration", "MyError", "OSError", "(ValueError, (TypeError, 3))", "5", "RuntimeError", "ZeroDivisionError"]
CALLABLES = ["len", "str", "int", "repr", "abs", "list", "tuple", "set", "dict", "type", "bool", "float", "ord", "chr", "hash", "sorted",
             "(lambda x: x)", "(lambda x: -x)", "(lambda *a: a)", "(lambda a, b: a)", "(lambda: 1)", "plain", "two", "operator.add", "operator.neg",
             "str.lower", "str.upper", "max", "min", "sum", "divmod", "Ops('f')", "Key", "partial(plain, 1)", "itemgetter(0)", "itemgetter(1, 0)",
             "attrgetter('real')", "methodcaller('upper')", "operator.mul", "operator.lt", "any", "next", "iter", "callable", "bytes", "round",
             "operator.sub", "id and len", "str.join", "dict.get", "list.append", "Bad()", "functools.partial(int, base=2)", "reversed", "format", "print"]
TYPES = ["int", "str", "list", "dict", "object", "type", "float", "bool", "complex", "bytes", "bytearray", "tuple", "set", "frozenset", "range", "slice",
         "IntSub", "ListSub", "DictSub", "Point", "NT", "Ops", "type(None)", "ValueError", "OSError", "(int, str)", "int | str", "list[int]", "Key", "memoryview",
         "property", "classmethod", "staticmethod", "super", "enumerate", "zip", "map", "filter", "reversed", "deque", "Counter", "defaultdict", "OrderedDict"]
SPECS = ["", "d", "5", ">8", "<8", "^8", "*^9", "05", "+", " ", "-", ".2f", ".3", "10.3f", "e", ".0e", "g", "G", "#g", "n", "%", ".1%", ",", "_", "x", "#x", "X",
         "#b", "#o", "c", "s", "10s", ".2s", "=+8", "0=8", "08,", ",.2f", "_x", "#_b", "z", "z.1f", "é^7", "<<", "!", "5.", ".", "ss", "r", "08.3f", "+,d", "010,",
         "#.3g", "_d", ",x", "=5", "<05", "{", "}", "1$", "+s", ",s", "#s", "=s", "0s", "5c", "+c", ".3d", "#", "+.1e", "12345", "-5", "f", "F", "E", ">+#010x", "#c"]
PERCENTS = ["%d", "%s", "%r", "%a", "%5d", "%-5d|", "%05d", "%+d", "% d", "%x", "%#x", "%X", "%o", "%#o", "%e", "%.2f", "%g", "%G", "%c", "%%", "%i", "%u", "%10s|",
            "%-10s|", "%.2s", "%*d", "%.*f", "%(a)s", "%(b)d", "%(a", "%", "%z", "%5", "%ld", "%+.3e", "%#g", "%F", "%.0f", "%#.0f", "%5%", "%(a)5.1f", "%b", "%.3d",
            "%08.3f", "%-+5d|", "%.10x", "%5c|", "%.s", "%#5x", "%()s", "%(a)*d", "%-05d|"]
BINARY = ["+", "-", "*", "/", "//", "%", "**", "<<", ">>", "&", "|", "^", "@", "<", "<=", "==", "!=", ">", ">=", "is", "is not", "in", "not in", "and", "or"]
INPLACE = ["+=", "-=", "*=", "/=", "//=", "%=", "**=", "<<=", ">>=", "&=", "|=", "^=", "@="]
DUNDERS = [m for m in ("__add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __floordiv__ __mod__ __rmod__ __pow__ __rpow__ "
                       "__divmod__ __rdivmod__ __lshift__ __and__ __rand__ __or__ __ror__ __xor__ __matmul__ __imul__ __ior__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__").split()]
UNARY_DUNDERS = ("__neg__ __pos__ __abs__ __invert__ __bool__ __len__ __iter__ __next__ __hash__ __repr__ __str__ __index__ __int__ __float__ __complex__ "
                 "__bytes__ __reversed__ __length_hint__ __trunc__ __floor__ __ceil__ __dir__ __enter__").split()
ARG_DUNDERS = ("__getitem__ __delitem__ __contains__ __missing__ __getattr__ __getattribute__ __delattr__ __format__ __instancecheck__ "
               "__subclasscheck__ __round__ __class_getitem__ __delete__").split()
TEMPLATED = {"str", "bytes", "bytearray"}

METHODS = {}
for _type in (int, bool, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset, range, slice, type(None), object, type,
              collections.deque, collections.Counter, collections.defaultdict, collections.OrderedDict, memoryview):
    METHODS[_type.__name__] = [name for name in dir(_type) if name not in (
        "__doc__", "__dir__", "__reduce__", "__reduce_ex__", "__init_subclass__", "__subclasses__", "mro", "__class__", "__new__", "__sizeof__",
        "__getstate__", "__dictoffset__", "__subclasshook__", "__dict__", "__weakref__")]

# Arguments that make sense, by method; the rest comes from ODD.
GOOD = {
    "find": ["sub", "idx", "idx"], "rfind": ["sub", "idx", "idx"], "index": ["sub", "idx", "idx"], "rindex": ["sub", "idx"], "count": ["sub", "idx", "idx"],
    "startswith": ["sub", "idx", "idx"], "endswith": ["sub", "idx", "idx"], "split": ["sub", "small"], "rsplit": ["sub", "small"], "partition": ["sub"],
    "rpartition": ["sub"], "replace": ["sub", "sub", "small"], "join": ["iterable"], "center": ["small", "fill"], "ljust": ["small", "fill"], "rjust": ["small", "fill"],
    "zfill": ["small"], "strip": ["sub"], "lstrip": ["sub"], "rstrip": ["sub"], "expandtabs": ["small"], "splitlines": ["bool"], "removeprefix": ["sub"],
    "removesuffix": ["sub"], "encode": ["codec", "errors"], "decode": ["codec", "errors"], "format": ["any", "any", "any"], "format_map": ["dict"], "translate": ["table"],
    "maketrans": ["sub", "sub", "sub"], "fromhex": ["hexstr"], "hex": ["fill", "small"], "append": ["any"], "extend": ["iterable"], "insert": ["idx", "any"], "pop": ["idx", "any"],
    "remove": ["item"], "sort": [], "reverse": [], "clear": [], "copy": [], "get": ["item", "any"], "setdefault": ["item", "any"], "update": ["mapping"], "fromkeys": ["iterable", "any"],
    "union": ["iterable", "iterable"], "intersection": ["iterable"], "difference": ["iterable"], "symmetric_difference": ["iterable"], "issubset": ["iterable"],
    "issuperset": ["iterable"], "isdisjoint": ["iterable"], "add": ["any"], "discard": ["item"], "to_bytes": ["small", "endian"], "from_bytes": ["bytes", "endian"],
    "__getitem__": ["item"], "__setitem__": ["item", "any"], "__delitem__": ["item"], "__contains__": ["item"], "__add__": ["same"], "__mul__": ["small"], "__eq__": ["same"],
    "__lt__": ["same"], "__format__": ["spec"], "indices": ["small"], "rotate": ["small"], "extendleft": ["iterable"], "appendleft": ["any"], "most_common": ["small"],
    "subtract": ["iterable"], "move_to_end": ["item", "bool"], "popitem": ["bool"], "__round__": ["small"], "__pow__": ["small", "small"], "__getattribute__": ["attr"],
    "__setattr__": ["attr", "any"], "__delattr__": ["attr"], "cast": ["fmt"], "tobytes": [], "__init__": ["any"], "elements": [], "is_integer": [], "as_integer_ratio": [],
}


class Snippets:
    def __init__(self, rng):
        self.r = rng
        self.depth = 0
        self.names = []

    # ---- choosing

    def pick(self, options):
        return options[int(self.r.random() * len(options))]

    def chance(self, p):
        return self.r.random() < p

    def many(self, make, low, high):
        return [make() for _ in range(self.r.randint(low, high))]

    # ---- values by type

    def int_(self):
        x = self.r.random()
        return self.pick(SMALL) if x < 0.8 else self.pick(HUGE) if x < 0.93 else self.pick(["True", "False", "IntSub(5)", "RevInt(3)", "Idx(2)"])

    def small(self):
        return self.pick(SMALL[:12])

    def float_(self):
        return self.pick(FLOATS) if self.chance(0.93) else self.pick(NAN + ["FloatSub(2.5)"])

    def complex_(self):
        return self.pick(COMPLEX)

    def str_(self):
        x = self.r.random()
        if x < 0.9:
            return self.pick(STRS)
        if x < 0.94:
            return self.pick(["StrSub('sub')", "StrOver('o')"])
        return repr("".join(self.pick("abcXYZ 019_-,.äßİǆΣ\n\t'\"\\😀\u0301") for _ in range(self.r.randint(0, 8))))

    def bytes_(self):
        return self.pick(BYTES)

    def bytearray_(self):
        return f"bytearray({self.bytes_()})"

    def hashable(self):
        x = self.r.random()
        if x < 0.4:
            return self.pick(SMALL)
        if x < 0.7:
            return self.pick(STRS)
        return self.pick(["True", "1.0", "(1, 2)", "()", "b'x'", "frozenset({1})", "Key(1)", "Key('a')", "2.5", "-0.0", "2**70", "1j", "('a',)",
                          "range(3)", "IntSub(1)", "StrSub('a')", "hash(1.5)", "-1", "-2", "NT(1, 2)"])

    def nested(self, make):
        if self.depth > 2:
            return self.small()
        self.depth += 1
        try:
            return make()
        finally:
            self.depth -= 1

    def list_(self):
        return self.nested(lambda: self.pick(["[]", "[1, 2, 3]", "list('abcd')", "[0] * 4", "list(range(8))", "[3, 1, 2]", "['b', 'a', 'C']", "ListSub([1, 2])",
                                              "[[1], [2]]", "[None]"])
                           if self.chance(0.5) else "[" + ", ".join(self.many(self.any, 0, 5)) + "]")

    def tuple_(self):
        def make():
            items = self.many(self.any, 0, 4)
            return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"
        return self.nested(lambda: self.pick(["()", "(1,)", "(1, 2, 3)", "('a', 'b')", "NT(1, 2)", "NT(1, 2, 3)", "TupleSub((1, 2))"]) if self.chance(0.5) else make())

    def dict_(self):
        return self.nested(lambda: self.pick(["{}", "{'a': 1}", "{'a': 1, 'b': 2}", "dict(a=1, b='x')", "{1: 2, 3: 4}", "{i: i * i for i in range(5)}", "DictSub(a=1)", "{'x': [1]}"])
                           if self.chance(0.5) else "{" + ", ".join(f"{self.hashable()}: {self.any()}" for _ in range(self.r.randint(0, 5))) + "}")

    def set_(self):
        items = self.many(self.hashable, 1, 6)
        return self.pick(["set()", "{1, 2, 3}", "set('hello')", "set([" + ", ".join(items) + "])", "{*[" + ", ".join(items) + "]}", "set(range(6))", "SetSub({1})"])

    def frozenset_(self):
        return self.pick([f"frozenset({self.set_()})", "frozenset()", "frozenset('ab')"])

    def range_(self):
        return f"range({', '.join(self.many(self.small, 1, 3))})" if self.chance(0.9) else self.pick(["range(2**63)", "range(2**64, 2**64+3)", "range(10, 0, -2**70)"])

    def slice_(self):
        return f"slice({', '.join(self.pick(['None', self.small(), self.small(), self.any()]) for _ in range(self.r.randint(1, 3)))})"

    def special(self):
        return self.pick(["None", "...", "Idx(2)", "Flt()", "Bad()", "Key(1)", "Seq(1, 2, 3)", "It(3)", "It(2, 5)", "Maps()", "Ops()", "Ops('p')", "Point()",
                          "Slotted()", "iter([1, 2])", "counted(3)", "plain", "int", "len", "CM(True)", "object", "ValueError('v')", "(x for x in 'ab')", "zip('ab', [1, 2])",
                          "map(str, range(3))", "deque([1, 2, 3])", "Counter('abca')", "defaultdict(list, a=[1])", "OrderedDict(a=1, b=2)", "memoryview(b'abc')",
                          "{1: 2}.keys()", "{'a': 1}.items()", "{'a': 1}.values()", "reversed([1, 2])", "enumerate('ab')", "lambda: 0", "type(None)", "MyError", "ChainMap({1: 2}, {3: 4})",
                          "iter('ab')", "iter({1: 2})", "range(3).__iter__()", "list[int]", "int | None", "'abc'.upper", "Key.__eq__", "Point().__init__", "It(2, -1)", "It(2, 'x')"])

    BY_TYPE = ("int", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "slice", "special")
    WEIGHTS = (16, 7, 3, 16, 5, 3, 10, 8, 8, 6, 2, 3, 2, 8)

    def value(self, kind):
        return getattr(self, kind + "_" if kind != "special" else "special")()

    def any(self):
        if self.names and self.chance(0.15):
            return self.pick(self.names)
        return self.value(self.r.choices(self.BY_TYPE, self.WEIGHTS)[0])

    def expr(self):
        """A value, or something computed."""
        if self.depth > 2 or self.chance(0.6):
            return self.any()
        return self.nested(lambda: self.pick([self.binary, self.method, self.subscript, self.builtin, self.unary, self.conditional])())

    def iterable(self):
        return self.pick([self.list_, self.tuple_, self.str_, self.dict_, self.set_, self.range_small, self.special, self.bytes_])()

    def range_small(self):
        return f"range({', '.join(self.many(self.small, 1, 2))})"

    def mapping(self):
        return self.pick([self.dict_, self.dict_, self.iterable, lambda: "[(1, 2), ('a', 3)]", lambda: "[[1, 2], 'ab']", lambda: "Maps()", lambda: "[(1, 2, 3)]", lambda: "['abc']"])()

    def callable_(self):
        return self.pick(CALLABLES)

    def type_(self):
        return self.pick(TYPES)

    def spec(self):
        return repr(self.pick(SPECS))

    def argument(self, want, receiver, kind):
        if want == "sub":
            if kind in ("bytes", "bytearray"):
                return self.pick([self.bytes_, self.bytes_, self.int_, self.bytearray_, lambda: "b'a'", lambda: "b','", lambda: "None"])()
            if kind in ("list", "tuple", "range", "deque"):
                return self.any()
            return self.pick([self.str_, self.str_, lambda: "'a'", lambda: "'b'", lambda: "' '", lambda: "','", lambda: "None", lambda: "('a', 'b')", lambda: "'X'"])()
        if want == "idx":
            return self.pick([self.small, self.small, lambda: "None", lambda: "Idx(1)", self.int_])()
        if want == "item":
            return self.pick([self.hashable, self.small, self.small, lambda: "'a'", self.slice_, self.any])()
        if want == "fill":
            return self.pick(["'*'", "' '", "b'*'", "'é'", "'ab'", "'0'", "''"])
        if want == "codec":
            return self.pick(["'utf-8'", "'latin-1'", "'ascii'", "'utf-16'", "'utf-32'", "'utf-16-le'", "'utf-32-be'", "'UTF8'", "'nope'", "'utf_8'", "'iso-8859-1'"])
        if want == "errors":
            return self.pick(["'strict'", "'ignore'", "'replace'", "'backslashreplace'", "'xmlcharrefreplace'", "'surrogateescape'", "'surrogatepass'", "'namereplace'", "'what'"])
        if want == "bool":
            return self.pick(["True", "False", "0", "1", "last=False", "keepends=True", "'x'"])
        if want == "table":
            return self.pick(["{97: 'b'}", "{97: None, 98: 'xyz'}", "str.maketrans('ab', 'cd')", "{'a': 'b'}", "bytes(range(256))", "{97: -1}", "[]", "{97: 1.5}", "b''",
                              "bytes(255) + b'x'", "str.maketrans('a', 'b', 'c')", "str.maketrans({'a': 'b', 98: 'q'})", "'abc'"])
        if want == "endian":
            return self.pick(["'big'", "'little'", "'middle'", "byteorder='big'", "signed=True", "'big', signed=True", "'little', signed=True"])
        if want == "hexstr":
            return self.pick(["'ff00'", "'0x1.8p3'", "'f f'", "'ab cd'", "'-0x1p-2'", "'zz'", "''", "'inf'", "'0x.8'", "'1e'", "b'aa'"])
        if want == "same":
            return self.value(kind) if kind in self.BY_TYPE else self.any()
        if want == "spec":
            return self.spec()
        if want == "attr":
            return self.pick(["'real'", "'upper'", "'nope'", "'__class__'", "'__module__'", "1", "'append'", "'__len__'", "'é'", "''"])
        if want == "fmt":
            return self.pick(["'B'", "'b'", "'c'", "'H'", "'i'", "'x'", "'@I'", "'q'", "'d'"])
        if want == "dict":
            return self.dict_()
        if want == "small":
            return self.pick([self.small, self.small, self.int_])()
        if want == "bytes":
            return self.bytes_()
        if want == "iterable":
            return self.iterable()
        if want == "mapping":
            return self.mapping()
        return self.any()

    # ---- expressions

    def receiver(self):
        kind = self.r.choices(["int", "bool", "float", "complex", "str", "bytes", "bytearray", "list", "tuple", "dict", "set", "frozenset", "range", "slice", "NoneType",
                               "deque", "Counter", "defaultdict", "OrderedDict", "memoryview", "object", "type"],
                              (8, 1, 6, 3, 22, 9, 9, 12, 4, 10, 8, 4, 4, 2, 1, 6, 4, 2, 4, 2, 1, 1))[0]
        if kind == "bool":
            return kind, self.pick(["True", "False"])
        if kind == "NoneType":
            return kind, "None"
        if kind == "deque":
            return kind, self.pick(["deque()", "deque([1, 2, 3])", "deque('abc', 2)", "deque(range(9), maxlen=5)", f"deque({self.iterable()})"])
        if kind == "Counter":
            return kind, self.pick(["Counter()", "Counter('abracadabra')", "Counter(a=2, b=-1)", f"Counter({self.mapping()})"])
        if kind == "defaultdict":
            return kind, self.pick(["defaultdict(int)", "defaultdict(list, a=[1])", "defaultdict(None, {1: 2})", "defaultdict(lambda: 1/0)"])
        if kind == "OrderedDict":
            return kind, self.pick(["OrderedDict()", "OrderedDict(a=1, b=2, c=3)", "OrderedDict([(1, 2), (3, 4)])"])
        if kind == "memoryview":
            return kind, self.pick(["memoryview(b'abcd')", "memoryview(bytearray(b'abcd'))", "memoryview(b'')", "memoryview(bytearray(8)).cast('H')", "memoryview(b'abcdef')[1::2]"])
        if kind == "object":
            return kind, self.special()
        if kind == "type":
            return kind, self.type_()
        return kind, self.value(kind)

    def arguments(self, name, receiver, kind):
        good = GOOD.get(name)
        if good is not None and self.chance(0.85):
            n = self.r.choices([len(good), self.r.randint(0, len(good)), min(1, len(good))], (3, 4, 3))[0]
            args = [self.argument(want, receiver, kind) for want in good[:n]]
            if name == "sort" or name == "sorted":
                if self.chance(0.5):
                    args.append(f"key={self.callable_()}")
                if self.chance(0.4):
                    args.append(f"reverse={self.pick(['True', '1', 'None', 'Bad()', '0'])}")
        else:
            args = self.many(self.any, 0, self.pick([0, 1, 1, 2, 2, 3]))
        if self.chance(0.03):
            args.append(f"{self.pick(['key', 'x', 'sep', 'default', 'maxsplit', 'self'])}={self.any()}")
        if self.chance(0.02):
            args.append("*" + self.iterable())
        if self.chance(0.02):
            args.append("**" + self.pick(["{'a': 1}", "{1: 2}", "Maps()", "[]", "{}", "3"]))
        args.sort(key=lambda a: ("**" in a[:2]) * 3 + (not a.startswith("*") and "=" in a and a.split("=")[0].isidentifier() and not a.split("=", 1)[1].startswith("=")))
        return ", ".join(args)

    def method(self):
        kind, receiver = self.receiver()
        names = METHODS[kind]
        plain = [name for name in names if not name.startswith("__")]
        name = self.pick(plain) if plain and self.chance(0.85) else self.pick(names)
        args = self.arguments(name, receiver, kind)
        if receiver[0] in "-0123456789":
            receiver = f"({receiver})"
        elif not (receiver[0].isalpha() or receiver[0] in "'[{(."):
            receiver = f"({receiver})"
        if any(c in receiver for c in "*+/|") or receiver.startswith("lambda"):
            receiver = f"({receiver})"
        if self.chance(0.04):
            return f"{receiver}.{name}"
        if self.chance(0.05) and kind in ("str", "list", "dict", "int", "bytes", "set", "float", "tuple", "bytearray"):
            return f"{kind}.{name}({args})"
        return f"{receiver}.{name}({args})"

    def unary(self):
        return f"({self.pick(['-', '+', '~', 'not '])}({self.expr()}))"

    def conditional(self):
        return f"({self.expr()} if {self.expr()} else {self.expr()})"

    def binary(self):
        op = self.pick(BINARY)
        a, b = self.expr(), self.expr()
        if op in ("**", "<<"):
            # huge results only take time
            b = self.pick([self.small(), self.small(), "0.5", "-1", "1j", "'x'", "None", "-2**63", "2.0", "Ops()"])
            if op == "**":
                a = self.pick([self.small(), self.float_(), self.complex_(), self.special(), self.any() if "**" not in b else "2"])
                a = "3" if "**" in a else a
            if "sum" in a or "math" in a:
                a = "5"
        elif op in ("*", "%") and self.chance(0.5):
            a = self.any()
            b = self.pick([self.small(), self.small(), self.any()])
        elif self.chance(0.35):
            kind = self.r.choices(self.BY_TYPE, self.WEIGHTS)[0]
            a, b = self.value(kind), self.value(kind)
        return f"({a}) {op} ({b})"

    def comparison(self):
        kind = self.r.choices(self.BY_TYPE, self.WEIGHTS)[0]
        return f"({self.value(kind)}) {self.pick(BINARY[13:23])} ({self.value(kind)}) {self.pick(BINARY[13:23])} ({self.any()})"

    def index(self):
        x = self.r.random()
        if x < 0.3:
            return self.int_()
        if x < 0.8:
            part = lambda: self.pick(["", "", self.small(), self.small(), self.small(), self.int_(), "None", "Idx(1)", self.any()])
            return part() + ":" + part() + (":" + part() if self.chance(0.5) else "")
        if x < 0.9:
            return self.hashable()
        return self.any() + ", " + self.small()

    def subscript(self):
        kind, receiver = self.receiver()
        return f"({receiver})[{self.index()}]"

    def fstring(self):
        value = self.any()
        if "'" in value or '"' in value or "\\" in value or "lambda" in value or ":" in value or "!" in value or "{" in value:
            value = self.pick(["1", "2.5", "-7", "None", "[1]", "Ops()", "1+2j", "True", "10**20", "()", "Idx(2)", "Bad()", "1e22", "-0.0", "x", "int"])
        spec = self.pick(SPECS)
        if "{" in spec or "}" in spec:
            spec = "{3}"
        return f"f\"{self.pick(['', 'a ', '{{'])}{{{self.pick(['', ' '])}{value}{self.pick(['', '', '=', ' = '])}{self.pick(['', '', '!r', '!s', '!a'])}{':' + spec if self.chance(0.7) else ''}}}|\"" \
            .replace("{x", "{'x'").replace("'x'0", "x0") if value != "x" else "f\"{'x'" + self.pick(["", "!r", "!a"]) + ":" + spec.replace("'", "") + "}\""

    def format_(self):
        x = self.r.random()
        if x < 0.4:
            return f"format({self.any()}, {self.spec()})"
        if x < 0.6:
            return self.fstring()
        template = self.pick(["{}", "{0}", "{a}", "{} {}", "{1} {0}", "{0!r}", "{!a:>5}", "{:{}}", "{0.real}", "{0[0]}", "{0[a]}", "{a.b}", "{0:{1}.{2}}", "{", "}", "{{}}", "{0!x}", "{!}",
                              "{:}", "{0[", "{0[]}", "{.}", "{0.}", "{} {0}", "{0} {}", "{-1}", "{ }", "{a!r:^8}", "{0.__class__.__name__}", "{0[-1]}", "{0[1]:03d}", "{:d}", "{!s:.2}", "{99}",
                              "{0!r}}", "{:{{}}}", "{0:{0}}", "{a[x]}{b}", "{:%}", "{:5}{:>5}{:^5}", "{0!}", "{0:!r}", "{!r!s}", "{0[0][0]}", "{0]}"])
        args = self.many(self.any, 0, 3) + [f"{n}={self.any()}" for n in "ab" if self.chance(0.4)]
        return f"{template!r}.format({', '.join(args)})"

    def percent(self):
        template = "".join(self.pick(["", "x", " "]) + self.pick(PERCENTS) for _ in range(self.pick([1, 1, 1, 2, 3])))
        right = self.pick([self.int_, self.float_, self.str_, self.any, self.tuple_, lambda: "(" + ", ".join(self.many(self.any, 2, 3)) + ")",
                           lambda: "{'a': 1, 'b': 2.5}", lambda: "{'a': 'x'}"])()
        if self.chance(0.2):
            return f"{template.encode('ascii', 'replace')!r} % {right if right[0] in '({[' else f'({right})'}"
        return f"{template!r} % {right if right[0] in '({[' else f'({right})'}"

    BUILTINS = [("abs", "n"), ("all", "i"), ("any", "i"), ("ascii", "a"), ("bin", "n"), ("bool", "a"), ("bytearray", "aa"), ("bytes", "aa"), ("callable", "a"), ("chr", "n"),
                ("complex", "nn"), ("dict", "m"), ("divmod", "nn"), ("enumerate", "in"), ("filter", "ci"), ("float", "a"), ("frozenset", "i"),
                ("getattr", "asa"), ("hasattr", "as"), ("hash", "h"), ("hex", "n"), ("int", "a"), ("int", "sn"), ("isinstance", "at"), ("issubclass", "tt"), ("iter", "i"), ("iter", "ca"),
                ("len", "a"), ("list", "i"), ("map", "ci"), ("map", "cii"), ("max", "i"), ("max", "aaa"), ("min", "i"), ("min", "aa"), ("next", "a"), ("next", "aa"), ("oct", "n"), ("ord", "s"),
                ("pow", "nn"), ("pow", "nnn"), ("range", "nnn"), ("repr", "a"), ("reversed", "a"), ("round", "n"), ("round", "nn"), ("set", "i"), ("slice", "aaa"), ("sorted", "i"), ("str", "a"),
                ("str", "bee"), ("sum", "i"), ("sum", "ia"), ("tuple", "i"), ("type", "a"), ("vars", "a"), ("zip", "iii"), ("zip", "ii"), ("setattr", "asa"), ("delattr", "as"),
                ("format", "as"), ("print", "aa"), ("memoryview", "b"), ("object", "a"), ("super", "ta"), ("property", "c"), ("staticmethod", "a"), ("type", "sim"), ("isinstance", "aa"),
                ("math.%", "n"), ("math.%", "nn"), ("math.%", "i"), ("operator.%", "aa"), ("operator.%", "a"), ("operator.%", "aa"), ("itertools.%", "ii"), ("itertools.%", "in"), ("itertools.%", "ci"),
                ("itertools.%", "i"), ("reduce", "cia"), ("partial", "ca"), ("math.%", "nn"), ("itertools.%", "innn"), ("random.%", "i"), ("random.%", "nn"), ("random.%", "in")]
    MODULES = {"math": [n for n in dir(math) if not n.startswith("_") and callable(getattr(math, n)) and n not in ("factorial", "comb", "perm", "nextafter")]
               + ["factorial", "comb", "perm", "gcd", "lcm", "isqrt"],
               "operator": [n for n in dir(operator) if n.islower() and not n.startswith("_") and callable(getattr(operator, n)) and n not in ("pow", "ipow", "lshift", "ilshift", "mul", "imul")],
               "itertools": [n for n in dir(itertools) if n.islower() and not n.startswith("_")],
               "random": ["choice", "randint", "randrange", "random", "uniform", "shuffle", "sample", "choices", "gauss", "getrandbits", "betavariate", "expovariate", "triangular", "seed",
                          "normalvariate", "randbytes", "lognormvariate", "vonmisesvariate", "paretovariate"]}

    def builtin(self):
        name, shape = self.pick(self.BUILTINS)
        if name.endswith(".%"):
            module = name[:-2]
            function = self.pick(self.MODULES[module])
            name = f"{module}.{function}"
            if function in ("factorial", "comb", "perm", "product", "permutations", "combinations", "combinations_with_replacement", "repeat", "randbytes", "getrandbits"):
                shape = shape.replace("n", "k")
            if function == "vonmisesvariate":
                shape = "kk"
        args = []
        for letter in shape:
            if self.chance(0.08):
                args.append(self.any())
                continue
            args.append({"n": self.number, "i": self.iterable, "a": self.any, "s": self.str_, "c": self.callable_, "m": self.mapping, "t": self.type_, "h": self.hashable, "b": self.bytes_,
                         "k": self.small, "e": lambda: self.argument(self.pick(["codec", "errors"]), "", "")}[letter]())
        if name in ("bytes", "bytearray", "str", "pow") or name.startswith("itertools"):
            args = args[:self.r.randint(0 if self.chance(0.05) else 1, len(args))]
        if name in ("bytes", "bytearray") and self.chance(0.5):
            args = [self.pick([self.small, self.iterable, self.str_])()] + args[1:]
        if name in ("sorted", "max", "min") and self.chance(0.4):
            args.append(f"key={self.callable_()}")
        if name in ("max", "min") and self.chance(0.2):
            args.append(f"default={self.any()}")
        if name in ("getattr", "hasattr", "setattr", "delattr") and self.chance(0.7):
            args[1] = self.argument("attr", "", "")
        if name == "format":
            args[1] = self.spec()
        if name == "pow" and "**" in "".join(args):
            args = [self.small() for _ in args]
        if name == "sum" and "range(2**" in args[0]:
            args[0] = "range(5)"
        if name.startswith(("itertools.%", "itertools.repeat")) and len(args) > 1:
            pass
        if self.chance(0.04):
            args.append(f"{self.pick(['key', 'x', 'start', 'default', 'base', 'strict', 'repeat', 'encoding', 'n', 'func', 'fillvalue', 'sep'])}={self.any()}")
        elif self.chance(0.03):
            args.append(self.any()) if not any("=" in a for a in args) else None
        elif self.chance(0.03):
            args = args[:-1]
        return f"{name}({', '.join(args)})"

    def number(self):
        return self.pick([self.int_, self.int_, self.float_, self.float_, self.complex_, self.special])() if self.chance(0.92) else self.any()

    def comprehension(self):
        element = self.pick(["x", "x * 2", "(x, x)", "str(x)", "-x", "x[0]", "len(x)", "[y for y in (x, 1)]", "x or 0", "f'{x!r:>3}'", "(lambda: x)()", "x is None"])
        condition = self.pick(["", "", " if x", " if x != 1", " if not x", " for y in range(2) if y", " if isinstance(x, int)", " for y in (x, x)"])
        body = f"for x in {self.iterable()}{condition}"
        return self.pick([f"[{element} {body}]", f"{{{element} {body}}}", f"({element} {body})", f"{{x: {element} {body}}}", f"sum({element} {body})", f"sorted({element} {body})",
                          f"list({element} {body})", f"any({element} {body})", f"tuple({element} {body})", f"max(({element} {body}), default=None)", f"dict(({element} {body}))",
                          f"''.join({element} {body})", f"[*({element} {body}), 1]"])

    def call(self):
        target = self.pick(["plain", "two", "(lambda a, b=1, *c, d, e=2, **f: (a, b, c, d, e, f))", "(lambda: 0)", "Ops()", "Point", "NT", "Key", "partial(plain, 1, c=2)", "(lambda x, /: x)",
                            "(lambda *, k: k)", "Point().__init__", "Slotted", "3", "None", "'s'", "MyError", "Seq", "print", "sorted", "NT._make", "NT(1, 2)._replace", "(lambda *a: len(a))"])
        args = self.many(self.any, 0, 3)
        if self.chance(0.3):
            # CPython loses the keywords where what follows `*` is not iterable.
            args.append("*" + self.pick([self.list_, self.tuple_, self.range_small])())
        args += [f"{n}={self.any()}" for n in "abcdxyz" if self.chance(0.12)]
        if self.chance(0.25):
            args.append("**" + self.pick(["{'a': 1}", "{'c': 3, 'q': 4}", "{1: 2}", "Maps()", "None", "{}", "dict(x=1, d=5)", "{'a': 1, 'a': 2}", "[('a', 1)]"]))
        return f"{target}({', '.join(args)})"

    def attribute(self):
        names = ["x", "a", "real", "imag", "__class__", "__name__", "__len__", "__mro__", "__bases__", "__qualname__", "__module__", "__slots__", "nope", "start", "stop", "step",
                 "args", "extra", "__dict__", "__self__", "__func__", "__code__", "__defaults__", "__kwdefaults__", "gi_running", "numerator", "denominator", "maxlen", "maps", "default_factory",
                 "__hash__", "__call__", "__wrapped__", "func", "_fields", "__text_signature__", "__objclass__", "__annotations__", "gi_frame", "gi_yieldfrom", "__origin__", "__args__", "mapping"]
        obj = self.pick([self.special, self.any, self.type_, self.callable_])()
        name = self.pick(names)
        x = self.r.random()
        if x < 0.7:
            return f"show(({obj}).{name})"
        if x < 0.85:
            return f"v = {obj}\nv.{name} = {self.any()}\nshow(v.{name})"
        return f"v = {obj}\ndel v.{name}\nshow(v)"

    # ---- snippets

    def snippet(self):
        self.depth, self.names = 0, []
        return self.r.choices(
            [self.s_method, self.s_binary, self.s_inplace, self.s_subscript, self.s_slices, self.s_builtin, self.s_format, self.s_comprehension, self.s_unpack, self.s_flow,
             self.s_generator, self.s_closure, self.s_class, self.s_match, self.s_call, self.s_attribute, self.s_sort, self.s_exceptions, self.s_mutate, self.s_mro, self.s_descriptor,
             self.s_number_text, self.s_tools, self.s_sequence],
            (18, 10, 6, 5, 6, 13, 8, 5, 3, 8, 5, 3, 10, 4, 4, 4, 3, 4, 5, 3, 3, 4, 4, 4))[0]()

    def s_method(self):
        kind, receiver = self.receiver()
        if self.chance(0.35):
            names = [name for name in METHODS[kind] if not name.startswith("__")] or METHODS[kind]
            name = self.pick(names)
            return f"v = {receiver}\nshow(v.{name}({self.arguments(name, 'v', kind)}))\nshow(v)"
        return f"show({self.method()})"

    def s_binary(self):
        return f"show({self.binary()})" if self.chance(0.75) else f"show({self.comparison()})" if self.chance(0.7) else f"show({self.unary()})"

    def s_inplace(self):
        op = self.pick(INPLACE)
        right = self.any()
        left = self.any()
        if op in ("**=", "<<="):
            left, right = self.pick([self.small(), self.float_(), self.special()]), self.pick([self.small(), "'x'", "None", "1.5"])
        elif op == "*=":
            right = self.pick([self.small(), self.small(), right])
        if self.chance(0.5):
            return f"v = {left}\nw = v\nv {op} {right}\nshow(v, w, v is w)"
        return f"v = [{left}, {self.any()}]\nv[{self.pick(['0', '1', '-1', '5', 'None'])}] {op} {right}\nshow(v)"

    def s_subscript(self):
        return f"show({self.subscript()})"

    def s_slices(self):
        kind = self.pick(["list", "list", "bytearray", "list", "dict", "deque", "memoryview"])
        receiver = {"list": "list(range(8))" if self.chance(0.6) else self.list_(), "bytearray": "bytearray(b'abcdefgh')", "dict": self.dict_(),
                    "deque": "deque(range(6))", "memoryview": "memoryview(bytearray(b'abcdefgh'))"}[kind]
        index = self.index()
        x = self.r.random()
        if x < 0.6:
            value = self.pick([self.iterable, self.any, self.list_, self.bytes_])() if ":" in index else self.any()
            return f"v = {receiver}\nv[{index}] = {value}\nshow(v)"
        if x < 0.7:
            return f"v = {receiver}\nv[{index}] += {self.iterable()}\nshow(v)"
        return f"v = {receiver}\ndel v[{index}]\nshow(v)"

    def s_builtin(self):
        return f"show({self.builtin()})"

    def s_format(self):
        return f"show({self.pick([self.format_, self.format_, self.percent])()})"

    def s_comprehension(self):
        return f"show({self.comprehension()})"

    def s_call(self):
        return f"show({self.call()})"

    def s_attribute(self):
        return self.attribute()

    def s_unpack(self):
        target = self.pick(["a, b", "a, *b", "*a, b", "a, b, c", "(a, b), c", "[a, *b, c]", "a, (b, *c)", "*a,", "a, b, *c"])
        source = self.iterable()
        names = sorted(set(c for c in target if c.isalpha()))
        x = self.r.random()
        if x < 0.5:
            return f"{target} = {source}\nshow({', '.join(names)})"
        if x < 0.7:
            return f"for {target} in {self.pick([source, '[(1, 2), (3, 4)]', '[(1, 2, 3)]', 'dict(ab=1, cd=2)', repr(['ab', 'cde'])])}:\n    show({', '.join(names)})"
        if x < 0.85:
            return f"show([*{source}, *{self.iterable()}], (*{self.iterable()},))"
        return f"show({{**{self.mapping()}, **{self.mapping()}}}, {{*{source}}})"

    def s_sort(self):
        values = self.pick([lambda: "[" + ", ".join(self.many(self.small, 3, 12)) + "]", lambda: "[" + ", ".join(self.many(self.str_, 3, 8)) + "]",
                            lambda: "[" + ", ".join(self.many(self.float_, 3, 8)) + "]", lambda: "[" + ", ".join(self.many(self.any, 2, 5)) + "]",
                            lambda: "[" + ", ".join(f"({self.small()}, {self.str_()})" for _ in range(6)) + "]", lambda: "[Key(3), Key(1), Key(2)]", lambda: "[[2], [1, 2], [1]]",
                            lambda: "[{1, 2}, {1}, {3}]"])()
        key = self.pick(["", "", "key=" + self.callable_(), "key=lambda x: x[0]", "key=lambda x: -x", "key=str", "key=cmp_to_key(lambda a, b: (a > b) - (a < b))", "key=lambda x: 1/x",
                         "key=lambda x: v.append(1)", "key=len", "key=cmp_to_key(lambda a, b: None)", "key=lambda x: (x is None, x)"])
        reverse = self.pick(["", "", "reverse=True"])
        args = ", ".join(a for a in (key, reverse) if a)
        return self.pick([f"v = {values}\nv.sort({args})\nshow(v)", f"v = {values}\ntry:\n    v.sort({args})\nfinally:\n    show(v)",
                          f"v = {values}\nshow(sorted(v{', ' if args else ''}{args}))", f"v = {values}\nshow(max(v{', ' + key if key else ''}), min(v{', ' + key if key else ''}))"])

    def s_number_text(self):
        digits = lambda: "".join(self.pick("0123456789") for _ in range(self.r.randint(1, 22)))
        text = self.pick(["", "-", "+", " ", "  -"]) + self.pick([digits(), digits() + "." + digits(), "." + digits(), digits() + "e" + self.pick(["", "-", "+"]) + str(self.r.randint(0, 330)),
                                                                   "0x" + digits(), "0b10", "0o17", digits() + "_" + digits(), "_1", "1__0", "inf", "Infinity", "nan", "1e", "", digits() + "j",
                                                                   digits() + "+" + digits() + "j", "٣٤", "１２", "(1+2j)", "1 2", "0_0", "00", "1.e5", digits() + "." + digits() + "e-300", "1_0.0_1e1_0"]) + \
            self.pick(["", "", " ", "\n", "x"])
        maker = self.pick(["int", "float", "complex", "int", "float", "float.fromhex", "bool"])
        x = self.r.random()
        if x < 0.5:
            return f"show({maker}({text!r}))"
        if x < 0.6:
            return f"show(int({text!r}, {self.pick(['0', '2', '8', '10', '16', '36', '37', '1', '-1', 'None', 'Idx(16)'])}))"
        if x < 0.8:
            value = f"{digits()[:17]}.{digits()}e{self.r.randint(-320, 300)}"
            return f"x = {value}\nshow(x, round(x, {self.r.randint(-3, 6)}), x.hex(), f'{{x:.{self.r.randint(0, 20)}{self.pick('efgG%')}}}', x.as_integer_ratio() if abs(x) < 1e50 and abs(x) > 1e-50 else 0)"
        a = self.pick(["", "-"]) + digits().lstrip("0") + self.pick(["", "", digits() + digits()])
        b = self.pick(["", "-"]) + digits().lstrip("0")
        if not a.strip("-") or not b.strip("-"):
            a, b = "7", "2"
        return f"a, b = {a}, {b}\nshow({self.pick(['divmod(a, b)', 'a % b', 'a // b', 'a * b', 'a / b', 'a & b', 'a | b', 'a ^ b', 'a - b', 'math.gcd(a, b)', 'a >> 5', 'a << 70', 'pow(a, 3, b)', 'float(a)', 'hash(a)', 'a.bit_length()', 'hex(a)', 'math.isqrt(abs(a))', 'a == float(a)', 'a < float(b)', 'round(a, -3)', 'a.to_bytes(40, signed=True)', 'math.log2(abs(a))', 'f(a)' if False else 'format(a, chr(44))', 'pow(a, -1, b)', 'a.bit_count()', '~a', 'int(float(a))', 'math.comb(abs(a) % 60, abs(b) % 30)', 'a % 1.5', 'a ** 2'])})"

    def s_tools(self):
        c, i, j, n, a = self.callable_, self.iterable, self.iterable, self.small, self.any
        return "show(" + self.pick([
            lambda: f"itertools.accumulate({i()}, {c()})", lambda: f"itertools.accumulate({i()}, initial={a()})", lambda: f"itertools.groupby({i()}, {c()})",
            lambda: f"[(k, list(g)) for k, g in itertools.groupby({i()})]", lambda: f"itertools.islice({i()}, {a()}, {n()}, {n()})", lambda: f"itertools.islice({i()}, {n()})",
            lambda: f"itertools.product({i()}, repeat={self.pick(['0', '1', '2', '-1'])})", lambda: f"itertools.permutations({i()}, {self.pick(['0', '1', '2', '-1', 'None'])})",
            lambda: f"itertools.combinations({i()}, {self.pick(['0', '1', '2', '-1'])})", lambda: f"itertools.zip_longest({i()}, {j()}, fillvalue={a()})",
            lambda: f"itertools.chain({i()}, {j()})", lambda: f"itertools.chain.from_iterable({i()})", lambda: f"itertools.compress({i()}, {j()})",
            lambda: f"itertools.takewhile({c()}, {i()})", lambda: f"itertools.dropwhile({c()}, {i()})", lambda: f"itertools.starmap({c()}, zip({i()}, {j()}))",
            lambda: f"itertools.tee({i()}, {self.pick(['1', '2', '3', '0', '-1'])})", lambda: f"itertools.count({self.number()}, {self.number()})", lambda: f"itertools.cycle({i()})",
            lambda: f"itertools.repeat({a()}, {n()})", lambda: f"itertools.pairwise({i()})", lambda: f"itertools.filterfalse({c()}, {i()})", lambda: f"reduce({c()}, {i()})",
            lambda: f"partial({c()}, {a()})({a()})", lambda: f"functools.lru_cache(maxsize=2)({c()})({self.hashable()})", lambda: f"Counter({i()}) {self.pick('+-&|')} Counter({j()})",
            lambda: f"deque({i()}, {n()})", lambda: f"deque({i()}) {self.pick(['+', '*', '==', '<', '+='][:4])} deque({j()})", lambda: f"ChainMap({self.dict_()}, {self.dict_()})[{self.hashable()}]",
            lambda: f"namedtuple('T', {self.pick([chr(39) + 'a b' + chr(39), '[chr(97), chr(98)]', chr(39) + 'a,a' + chr(39), chr(39) + 'def x' + chr(39), chr(39) + '_x' + chr(39), '3'])}{self.pick(['', ', rename=True', ', defaults=(1,)', ', defaults=(1,2,3)'])})({a()}, {a()})",
            lambda: f"itemgetter({self.hashable()}, {self.hashable()})({a()})", lambda: f"attrgetter({self.pick([chr(39) + 'real' + chr(39), chr(39) + 'a.b' + chr(39), '1', chr(39) + 'x' + chr(39) + ', ' + chr(39) + 'y' + chr(39)])})({a()})",
            lambda: f"methodcaller({self.pick([chr(39) + 'upper' + chr(39), chr(39) + 'split' + chr(39) + ', ' + chr(39) + 'a' + chr(39), '1', ''])})({a()})",
            lambda: f"math.{self.pick(['sqrt', 'log', 'exp', 'sin', 'floor', 'ceil', 'trunc', 'fsum', 'prod', 'hypot', 'dist', 'isclose', 'copysign', 'fmod', 'frexp', 'ldexp', 'modf', 'atan2', 'gamma', 'lgamma', 'erf', 'degrees', 'log10', 'pow', 'remainder', 'cbrt', 'exp2', 'ulp'])}({', '.join(self.many(self.number, 1, 2))})",
            lambda: f"random.Random({self.pick(['1', 'None and 2', '2.5', repr('s'), '2**70', 'b' + repr('x'), '-5'])}).{self.pick(['random()', 'randint(1, 6)', 'sample(range(100), 5)', 'choices([1, 2, 3], [1, 2, 3], k=4)', 'shuffle([1])', 'gauss(0, 1)', 'getrandbits(70)', 'uniform(1, 2)', 'randrange(0)', 'choice([])', 'sample([1], 2)', 'randrange(1, 10, 3)', 'randbytes(3)', 'randint(3, 1)', 'choices([], k=1)'])}",
            lambda: f"functools.singledispatch(lambda x: 'base')({a()})", lambda: f"functools.reduce(operator.{self.pick(['add', 'sub', 'or_', 'and_', 'xor', 'mod', 'concat'])}, {i()}, {a()})",
            lambda: f"OrderedDict({self.mapping()}) == {self.mapping()}", lambda: f"sum({i()}, {a()})", lambda: f"list(zip({i()}, {j()}, strict=True))",
            lambda: f"dict(zip({i()}, {j()}))", lambda: f"list(enumerate({i()}, {self.int_()}))", lambda: f"list(map({c()}, {i()}, {j()}))", lambda: f"list(filter({c()}, {i()}))",
            lambda: f"operator.length_hint({a()}, {n()})", lambda: f"operator.countOf({i()}, {a()})", lambda: f"operator.indexOf({i()}, {a()})", lambda: f"operator.index({a()})",
            lambda: f"functools.cmp_to_key({c()})({a()}) < functools.cmp_to_key({c()})({a()})", lambda: f"operator.concat({a()}, {a()})", lambda: f"operator.setitem({a()}, {n()}, {a()})",
        ])() + ")"

    def s_mutate(self):
        """A container changed a few times, looked at after each."""
        kind, receiver = self.pick([("list", self.list_()), ("dict", self.dict_()), ("set", self.set_()), ("bytearray", self.bytearray_()), ("deque", "deque([1, 2, 3], 4)"),
                                    ("OrderedDict", "OrderedDict(a=1, b=2)"), ("Counter", "Counter('aab')")])
        names = [n for n in METHODS[kind] if not n.startswith("__")]
        lines = [f"v = {receiver}"]
        for _ in range(self.r.randint(2, 5)):
            name = self.pick(names)
            statement = f"show(v.{name}({self.arguments(name, 'v', kind)}))"
            if self.chance(0.2):
                statement = f"v[{self.pick([self.small(), self.hashable(), self.index()])}] = {self.any()}"
            elif self.chance(0.1):
                statement = f"del v[{self.pick([self.small(), self.hashable(), self.index()])}]"
            lines.append(f"try:\n    {statement}\nexcept Exception as e:\n    explain(e)")
        lines.append("show(v)")
        return "\n".join(lines)

    def s_sequence(self):
        """Iterating over what changes, views, and iterators used up."""
        return self.pick([
            lambda: f"v = {self.dict_()}\nfor k in v:\n    v[{self.hashable()}] = 1\n    if len(v) > 9: break\nshow(v)",
            lambda: f"v = {self.set_()}\nfor k in v:\n    v.{self.pick(['add', 'discard', 'remove'])}({self.hashable()})\n    if len(v) > 12: break\nshow(v)",
            lambda: f"v = {self.list_()}\nfor i, x in enumerate(v):\n    {self.pick(['v.pop()', 'v.append(x)', 'v.insert(0, x)', 'del v[0]', 'v.clear()'])}\n    if i > 9: break\nshow(v)",
            lambda: f"v = {self.dict_()}\nk, w, i = v.keys(), v.values(), v.items()\nv[{self.hashable()}] = {self.any()}\nshow(k, list(w), i, k {self.pick('&|-^')} {self.set_()}, {self.hashable()} in k, len(i), k == {self.set_()}, k <= {self.set_()})",
            lambda: f"i = iter({self.iterable()})\nshow(next(i, None), i, next(i, 'end'), list(i))",
            lambda: f"v = {self.dict_()}\nshow(v | {self.mapping()}, list(reversed(v)), v == {self.dict_()})\nv |= {self.mapping()}\nshow(v)",
            lambda: f"i = iter({self.iterable()})\nshow(operator.length_hint(i))\nnext(i)\nshow(operator.length_hint(i), i.__reduce__()[1:] if not isinstance(i, It) else 0)",
            lambda: f"a, b = {self.set_()}, {self.set_()}\nshow(a {self.pick(['&', '|', '-', '^', '<', '<=', '==', '>', '>=', '!='])} b, a.{self.pick(['union', 'intersection', 'difference', 'symmetric_difference'])}(b))\na {self.pick(['&=', '|=', '-=', '^='])} b\nshow(a)",
            lambda: f"a = {self.list_()}\na.append(a)\nshow(a, a[-1] is a)\nb = {{}}\nb[1] = b\nshow(b)",
            lambda: f"class L(list):\n    def __{self.pick(['len', 'iter', 'getitem', 'contains', 'eq', 'repr', 'bool'])}__(self, *a): return {self.any()}\nv = L([1, 2])\nshow(list(v), v, 2 in v, bool(v), v == [1, 2], v + [3], v[0:1])",
            lambda: f"it = iter({self.callable_()}, {self.any()})\nshow(it)",
        ])()

    # ---- flow

    def statements(self, depth, loop, generator):
        lines = []
        for _ in range(self.r.randint(1, 3)):
            lines += self.statement(depth, loop, generator)
        return lines

    def indented(self, lines):
        return ["    " + line for line in lines]

    def risky(self):
        return self.pick([f"1 / {self.pick(['0', 'n', '1'])}", "[][1]", "{}['k']", "int('x')", "n", "m", "None.x", "undefined", "n + 'a'", "n + 1", "(n, m)", "next(iter([]))", "len(5)", "'s'.nope",
                          self.expr(), "n == m", "str(n)", "plain(n)", "[n] * 2"])

    def statement(self, depth, loop, generator):
        show_it = f"show({self.risky()})"
        choices = [lambda: [show_it], lambda: [f"{self.pick('nm')} = {self.risky()}"], lambda: [f"print('  at', {self.r.randint(0, 99)})"], lambda: [f"raise {self.pick(EXCEPTIONS)}"],
                   lambda: [f"raise {self.pick(EXCEPTIONS)} from {self.pick(EXCEPTIONS + ['None', '3', 'n'])}"], lambda: [f"return {self.risky()}"],
                   lambda: [f"assert {self.risky()}, {self.risky()}"], lambda: [f"{self.pick('nm')} += {self.small()}"], lambda: [f"del {self.pick('nm')}"], lambda: ["raise"]]
        if loop:
            choices += [lambda: ["break"], lambda: ["continue"], lambda: ["if n: break"], lambda: [f"if {self.risky()}: continue"]]
        if generator:
            choices += [lambda: [f"n = yield {self.risky()}"], lambda: [f"show((yield {self.small()}))"], lambda: ["yield n"], lambda: [f"m = yield from {self.pick(['counted(2)', '[1, 2]', 'It(2)', self.iterable()])}"]] * 2
        if depth < 3:
            inner = lambda: self.indented(self.statements(depth + 1, loop, generator))
            looped = lambda: self.indented(self.statements(depth + 1, True, generator))
            handler = lambda: [f"except {self.pick(EXC_NAMES)}{self.pick(['', ' as e', ' as n'])}:"] + inner()

            def try_():
                lines = ["try:"] + inner()
                for _ in range(self.pick([0, 1, 1, 2])):
                    lines += handler()
                if any(line.startswith("except") for line in lines) and self.chance(0.3):
                    lines += ["else:"] + inner()
                if not any(line.startswith("except") for line in lines) or self.chance(0.4):
                    lines += ["finally:"] + inner()
                return lines

            def star():
                return ["try:"] + inner() + [f"except* {self.pick(['ValueError', 'TypeError', 'Exception', '(KeyError, TypeError)', 'OSError'])} as e:"] + ["    explain(e)"] + \
                    (["    " + self.pick(["raise", "raise KeyError(1)", "pass"])])
            choices += [try_] * 4 + [star]
            choices += [lambda: [f"if {self.risky()}:"] + inner() + (["else:"] + inner() if self.chance(0.5) else []),
                        lambda: [f"for {self.pick('nm')} in {self.pick(['range(3)', '[1, 0, 2]', self.iterable(), 'counted(3)', 'It(2)'])}:"] + looped() + (["else:"] + inner() if self.chance(0.4) else []),
                        lambda: [f"c{depth} = 3", f"while c{depth}:", f"    c{depth} -= 1"] + looped() + (["else:"] + inner() if self.chance(0.4) else []),
                        lambda: [f"with {self.pick(['CM()', 'CM(True)', 'CM() as n', 'CM() as n, CM(True)', 'suppress(ValueError)', '3', 'Ops()', 'suppress(KeyError, IndexError)'])}:"] + inner()]
        return self.pick(choices)()

    def s_flow(self):
        lines = ["def f(n=0, m=1):"] + self.indented(self.statements(0, False, False)) + [f"show(f({', '.join(self.many(self.small, 0, 2))}))"]
        return "\n".join(lines)

    def s_generator(self):
        lines = ["def g(n=0, m=1):"] + self.indented(self.statements(0, False, True) + ["yield n"] + self.statements(1, False, True)) + ["i = g()"]
        for _ in range(self.r.randint(2, 6)):
            action = self.pick(["next(i)", "next(i)", f"i.send({self.pick(['None', '1', self.any()])})", f"i.throw({self.pick(EXCEPTIONS)})", "i.close()", "list(i)", "i.gi_running", "next(i, 9)",
                                f"i.throw({self.pick(['ValueError', '3', 'ValueError, 5', 'KeyError, KeyError(1)', 'TypeError, None, None', 'int'])})", "i.send()", "sum(i)"])
            lines.append(f"try:\n    show({action})\nexcept BaseException as e:\n    explain(e)")
        return "\n".join(lines)

    def s_closure(self):
        a, b = self.any(), self.any()
        return self.pick([
            lambda: f"def outer(x):\n    y = {a}\n    def inner():\n        nonlocal x, y\n        x = {b}\n        {self.pick(['y += x', 'del y', 'y = (x, y)', 'pass'])}\n        return x\n    show(inner(), x)\n    show(y)\n    return inner\nf = outer({a})\nshow(f(), [type(c.cell_contents).__name__ for c in f.__closure__])",
            lambda: f"fs = [lambda x=x: (x, y) for x in range(2)]\ny = {a}\nshow([f() for f in fs])\ndel y\nshow(fs[0]())",
            lambda: f"def deco(f):\n    @functools.wraps(f)\n    def w(*args, **kw):\n        show(args, kw)\n        return f(*args, **kw)\n    return w\n@deco\ndef h(a, b={a}, *c, d=4):\n    'doc'\n    return a, b, c, d\nshow(h({', '.join(self.many(self.any, 0, 4))}), h.__name__, h.__doc__, h.__wrapped__.__defaults__)",
            lambda: f"def f(a, /, b, *, c={a}, **k):\n    return a, b, c, k\nf.attr = 5\nshow(f.__dict__, f.__kwdefaults__, f({', '.join(self.many(self.any, 0, 3))}, {self.pick(['b=1', 'c=2', 'a=3', 'z=4'])}))",
            lambda: f"def f(x=[]):\n    x.append({a})\n    return x\nshow(f(), f(), f.__defaults__)\nf.__defaults__ = {self.pick(['None', '(1,)', '([5],)', '3', '()'])}\nshow(f())",
            lambda: f"def rec(n):\n    return n if n <= 0 else rec(n - 1) + {self.pick(['1', repr('a'), '[n]', 'n'])}\nshow(rec({self.pick(['0', '5', '50'])}))",
            lambda: f"class A:\n    x = {a}\n    y = [x for _ in range(2)]\nshow(A.y)",
            lambda: f"def f():\n    global Gx\n    Gx = {a}\n    return Gx\nshow(f(), Gx)\ndel globals()['Gx']\nshow(Gx)",
            lambda: f"x = {a}\nshow([x := y for y in {self.iterable()}], x)",
            lambda: f"@contextmanager\ndef cm():\n    print('  in')\n    {self.pick(['yield 5', 'yield', 'return; yield', 'raise KeyError(1); yield', 'yield 1; yield 2'])}\n    print('  out')\nwith cm() as v:\n    show(v)\n    {self.pick(['1/0', 'pass', 'raise StopIteration(2)'])}",
            lambda: f"@contextmanager\ndef cm():\n    try:\n        yield {a}\n    {self.pick(['except ValueError: print(1)', 'finally: print(2)', 'except Exception as e: raise KeyError(2) from e', 'except: yield 3'])}\nwith cm() as v:\n    show(v)\n    {self.pick(['1/0', 'raise ValueError(1)', 'raise KeyError'])}",
        ])()

    # ---- classes

    def result(self):
        return self.pick([self.any, self.any, lambda: "NotImplemented", lambda: "(type(self).__name__, *a)", lambda: "self", lambda: "super().{name}(*a)", lambda: "1", lambda: "'s'", lambda: "None"])()

    def dunder(self):
        name = self.pick(self.pick([DUNDERS, UNARY_DUNDERS, ARG_DUNDERS, DUNDERS]))
        result = self.result().replace("{name}", name)
        if name in ("__hash__",) and "self" in result:
            result = "1"
        if name in ("__repr__", "__str__") and self.chance(0.7):
            result = "'C!'"
        if name == "__bool__" and self.chance(0.7):
            result = self.pick(["True", "False"])
        if name == "__len__" and self.chance(0.7):
            result = self.pick(["0", "3"])
        if name == "__iter__":
            result = self.pick(["iter([1, 2])", "self", "(x for x in 'ab')", result, "It(2)"])
        if name == "__next__":
            return "    n = 0\n    def __next__(self):\n        self.n += 1\n        if self.n > 3: raise StopIteration\n        return self.n"
        if name in ("__getattr__", "__getattribute__"):
            return f"    def {name}(self, name):\n        if name.startswith('__') or name == 'n': {'raise AttributeError(name)' if name == '__getattr__' else 'return object.__getattribute__(self, name)'}\n        return {self.pick(['name', self.any(), '[name] * 2'])}"
        body = f"return {result}" if self.chance(0.93) else f"raise {self.pick(EXCEPTIONS)}"
        if name == "__getitem__":
            body = "tick(); " + body
        if self.chance(0.02):
            return f"    {name} = {self.pick(['None', '5', 'len', 'staticmethod(len)', 'classmethod(lambda c, *a: a)', 'property(lambda s: lambda *a: a)'])}"
        return f"    def {name}(self, *a): {body}"

    def class_(self, name, bases):
        lines = [f"class {name}{'(' + ', '.join(bases) + ')' if bases else ''}:"]
        if self.chance(0.12):
            lines.append(f"    __slots__ = {self.pick(['()', repr('a'), repr(('a', 'b')), '(' + repr('__dict__') + ',)', '3', repr('1x'), repr(('a', 'a')), '{' + repr('a') + ': ' + repr('doc') + '}'])}")
        if self.chance(0.2):
            lines.append(f"    x = {self.any()}")
        if self.chance(0.3):
            lines.append(self.pick(["    def __init__(self, *a): self.a = a", "    def __init__(self, *a): super().__init__(*a)", "    def __new__(cls, *a): return super().__new__(cls)",
                                    "    def __new__(cls, *a): return super().__new__(cls, *a)", "    def __init__(self): return 5", "    def __new__(cls): return 7",
                                    "    def __init_subclass__(cls, **kw): show(cls.__name__, kw)", "    def __del__(self): print('  del')", "    def __call__(self, *a, **k): return a, k",
                                    "    @property\n    def p(self): return 1", "    @classmethod\n    def cm(cls, *a): return cls.__name__, a", "    @staticmethod\n    def sm(*a): return a",
                                    "    def __set_name__(self, owner, name): show(owner.__name__, name)", "    __match_args__ = ('a',)", "    def __setattr__(self, k, v): print('  set', k); object.__setattr__(self, k, v)",
                                    "    def __exit__(self, *a): return True"]))
        for _ in range(self.r.randint(0, 4)):
            lines.append(self.dunder())
        if len(lines) == 1:
            lines.append("    pass")
        return lines

    def s_class(self):
        bases = self.pick([[], [], [], ["int"], ["str"], ["list"], ["dict"], ["tuple"], ["float"], ["set"], ["Key"], ["Exception"], ["Ops"], ["Seq"], ["object"], ["bytes"], ["complex"], ["frozenset"], ["deque"], ["OrderedDict"], ["Point"]])
        lines = self.class_("C", bases)
        names = ["c"]
        if self.chance(0.3):
            lines += self.class_("D", ["C"])
            names.append("d")
        lines.append(f"c = C({self.pick(['', '', '', '1', self.any()])})")
        if "d" in names:
            lines.append("d = D()")
        for _ in range(self.r.randint(2, 4)):
            c = self.pick(names)
            other = self.pick([self.any(), self.any(), c, self.pick(names)])
            a, b = (c, other) if self.chance(0.6) else (other, c)
            use = self.pick([
                lambda: f"show({a} {self.pick(BINARY)} {b})", lambda: f"show({a} {self.pick(BINARY)} {b})", lambda: f"show({self.pick(['-', '+', '~', 'not '])}{c})",
                lambda: f"show({self.pick(['len', 'bool', 'iter', 'hash', 'repr', 'str', 'int', 'float', 'complex', 'list', 'bytes', 'reversed', 'abs', 'round', 'math.floor', 'sum', 'sorted', 'next', 'tuple', 'set', 'dict', 'operator.index', 'hex', 'bin', 'chr', 'ascii', 'callable', 'math.trunc', 'range', 'bytearray', 'enumerate', 'format', 'vars', 'max', 'frozenset'])}({c}))",
                lambda: f"show({c}[{self.index()}])", lambda: f"{c}[{self.small()}] = {self.any()}\n    show({c})", lambda: f"del {c}[{self.small()}]", lambda: f"show({c}.{self.pick(['x', 'a', 'p', 'nope', '__dict__', '__class__', 'cm(1)', 'sm(2)', 'n', 'real'])})",
                lambda: f"{c}.{self.pick(['x', 'a', 'p', 'b'])} = {self.any()}\n    show({c}.{self.pick('xapb')})", lambda: f"{c} {self.pick(INPLACE)} {self.any() if self.chance(0.5) else self.small()}\n    show({c})",
                lambda: f"show({self.any()} in {c}, {c} == {c})", lambda: f"show({c}({self.any()}))", lambda: f"show(f'{{{c}}}', f'{{{c}!r:>9}}', '%s' % {c}, '%d' % {c})", lambda: f"show(divmod({a}, {b}))",
                lambda: f"for x in {c}:\n        show(x)", lambda: f"with {c} as w:\n        show(w)\n        1/0", lambda: f"show({{{c}: 1}}, {{{c}, {c}}})", lambda: f"show([{c}, 1].index({self.any()}), [{c}].count({c}))",
                lambda: f"show(isinstance({a}, type({c})), issubclass(type({c}), {self.type_()}))", lambda: f"show(format({c}, {self.spec()}))", lambda: f"show(pow({a}, {self.small()}))",
                lambda: f"show(sorted([{c}, {other}]))", lambda: f"show([1, 2, 3][{c}:], 'abc'[{c}])", lambda: f"show(type({c}).__mro__)", lambda: f"show({c} and 1, {c} or 2, 5 if {c} else 6)", lambda: f"match {c}:\n        case C(a=1): show(1)\n        case C(q): show(q)\n        case _: show(0)",
                lambda: f"show([*{c}], max({c}, {other}))", lambda: f"raise {c}", lambda: f"del {c}.{self.pick(['x', 'a', 'p'])}", lambda: f"show(type({c}).{self.pick(['x', 'cm', 'sm', '__name__', '__slots__', 'p', '__bases__'])})",
            ])()
            lines.append(f"try:\n    {use}\nexcept BaseException as e:\n    explain(e)")
        return "\n".join(lines)

    def s_mro(self):
        pool = ["object", "int", "str", "list", "A", "B", "Key", "Exception", "ValueError", "OSError", "type", "Slotted", "dict", "bool", "A", "B", "C", "NT", "range", "3", "len", "None", "KeyError", "tuple", "list[int]", "slice"]
        lines = ["class A: \n    def m(self): return 'A'", "class B(A):\n    def m(self): return 'B' + super().m()", "class C(A):\n    def m(self): return 'C' + super().m()"]
        bases = self.many(lambda: self.pick(pool), 1, 3)
        extra = self.pick(["", "", "", ", metaclass=type", ", metaclass=M", ", k=1"])
        if "M" in extra:
            lines.append(self.pick(["class M(type):\n    def __call__(cls, *a): print('  call'); return super().__call__(*a)", "class M(type):\n    def __prepare__(name, bases): return {'z': 1}",
                                    "class M(type):\n    def __new__(m, n, b, ns, **k): show(list(ns)); return super().__new__(m, n, b, ns)", "class M(type):\n    def __len__(cls): return 4\n    def __getattr__(cls, n): return n",
                                    "class M: pass", "class M(type):\n    def mro(cls): return [cls, object]", "M = lambda *a, **k: a[:2]", "class M(type):\n    def __instancecheck__(c, i): return 'yes'\n    def __iter__(c): return iter('ab')"]))
        lines += [f"class D({', '.join(bases)}{extra}):\n    {self.pick(['pass', 'x = 1', '__slots__ = ()', '__slots__ = (' + repr('q') + ',)', 'def m(self): return super().m()', '__qualname__ = 3', '__hash__ = None', 'def __eq__(s, o): return True'])}"]
        lines += [self.pick(["show([c.__name__ for c in D.__mro__], D.__base__)", "show(D().m())", "show(D.__bases__, D.__dictoffset__, D.__flags__ & 1024)", "show(len(D), D.foo, list(D))", "show(isinstance(3, D), D.z)", "show(hash(D()))",
                             f"D.__bases__ = ({self.pick(pool)},)\nshow(D.__mro__)", f"d = D()\nd.__class__ = {self.pick(pool)}\nshow(type(d))", f"show(super(D, D()).{self.pick(['m()', 'nope', '__init__', '__self__'])})", "show(D.__subclasses__(), A.__subclasses__())",
                             "show(type('E', (D,), dict(y=2)).y)", "del D.x\nshow(vars(D).keys())", "D.__name__ = 'F'\nshow(D, D.__qualname__)", f"show(issubclass(D, {self.type_()}))"])]
        return "\n".join(lines)

    def s_descriptor(self):
        methods = [m for m in ("    def __get__(self, o, t=None): print('  get', o is None); return %s" % self.any(), "    def __set__(self, o, v): print('  set', v)", "    def __delete__(self, o): print('  delete')",
                               "    def __set_name__(self, o, n): print('  name', n)", "    def __getattr__(self, n): return n") if self.chance(0.55)]
        lines = ["class Des:"] + (methods or ["    pass"]) + ["class C:", "    d = Des()", "    @property", "    def p(self): return self.q", f"    {self.pick(['@p.setter', '@p.deleter', '@property'])}", "    def p(self, *a): self.q = a",
                                                             f"    e = {self.pick(['classmethod(plain)', 'staticmethod(plain)', 'plain', 'property()', 'partial(plain, 1)', 'functools.cached_property(plain)', 'len', 'Ops()', 'property(plain, plain)', 'functools.partialmethod(plain, 5)'])}", "c = C()"]
        for _ in range(self.r.randint(2, 4)):
            use = self.pick(["show(c.d)", "c.d = 3\n    show(c.__dict__)", "del c.d", "show(C.d)", "show(c.p)", "c.p = 4\n    show(c.p)", "del c.p", "c.__dict__['d'] = 8\n    show(c.d)", "show(c.e)", "show(c.e(1))", "c.e = 2\n    show(c.e)", "del c.e", "show(C.e)", "C.d = 1\n    show(c.d)", "show(C.e(1))",
                             "show(getattr(c, 'z', 9), hasattr(c, 'p'))", "show(c.p.fget)", "show(sorted(vars(c)))", "c.q = 1\n    show(c.p)"])
            lines.append(f"try:\n    {use}\nexcept BaseException as e:\n    explain(e)")
        return "\n".join(lines)

    def pattern(self, depth=0):
        simple = ["0", "1", "-1", "'a'", "None", "True", "_", "1.5", "b'x'", "int()", "str()", "str(x)", "int(x)", "[]", "{}", "Point(x=1)", "Point(1, y)", "Point(1, 2, 3)", "Point()", "NT(1, b)", "list()", "dict()", "'abc'", "1+2j", "math.pi", "float(x)",
                  "bool()", "tuple(x)", "Key()", "Ops(tag='o')", "Slotted(a=1)", "object()", "len()"]
        if depth > 1 or self.chance(0.5):
            return self.pick(simple)
        inner = lambda: self.pattern(depth + 1)
        return self.pick([lambda: f"[{inner()}, {inner()}]", lambda: "[x, *r]", lambda: "[*_, y]", lambda: f"({inner()}, *r)", lambda: f"{{'a': {inner()}}}", lambda: "{'a': x, **k}", lambda: "{1: _, **k}", lambda: f"({self.pick(simple[:12])} | {self.pick(simple[:8])})",
                          lambda: f"({inner()} as w)", lambda: f"[{inner()}]", lambda: "[_, _]", lambda: "(x, y, z)"])()

    def s_match(self):
        lines = [f"match {self.any() if self.chance(0.85) else self.risky().replace('n', '1') and '(1, 2)'}:"]
        for _ in range(self.r.randint(1, 4)):
            guard = self.pick(["", "", "", " if x", " if True", " if 0"])
            lines += [f"    case {self.pattern()}{guard}:", "        show({k: v for k, v in locals().items() if k in ('x', 'y', 'z', 'r', 'k', 'w', 'b')})"]
        lines += ["    case other:", "        show('other', other)"] if self.chance(0.5) else []
        return "\n".join(lines)

    def s_exceptions(self):
        e, g = self.pick(EXCEPTIONS), self.pick(EXCEPTIONS)
        return self.pick([
            lambda: f"e = {e}\nshow(e)\nshow(e.args, str(e), e.__cause__, e.__suppress_context__, e.__traceback__)",
            lambda: f"class E({self.pick(['ValueError', 'KeyError', 'OSError', 'Exception', 'StopIteration', 'SystemExit', 'ExceptionGroup', 'BaseException', 'UnicodeDecodeError', 'ImportError', 'AttributeError', 'NameError', 'SyntaxError'])}):\n    {self.pick(['pass', 'def __str__(self): return ' + self.any(), 'def __init__(self, *a): self.z = a', 'def __new__(cls, *a): return super().__new__(cls, *a)'])}\ne = E({', '.join(self.many(self.any, 0, 3))})\nshow(e, e.args)\nraise e",
            lambda: f"e = {self.pick(['ValueError', 'KeyError', 'OSError', 'StopIteration', 'SystemExit', 'ImportError', 'AttributeError', 'NameError', 'UnicodeEncodeError', 'UnicodeDecodeError', 'ExceptionGroup', 'SyntaxError', 'BaseExceptionGroup', 'UnicodeTranslateError'])}({', '.join(self.many(self.any, 0, 5))})\nshow(e, str(e))\nshow({{k: getattr(e, k) for k in ('value', 'code', 'errno', 'strerror', 'filename', 'name', 'msg', 'path', 'obj', 'start', 'end', 'reason', 'encoding', 'object', 'lineno', 'text', 'message', 'exceptions', 'filename2', 'offset') if hasattr(e, k)}})",
            lambda: f"e = ValueError({self.any()})\ne.add_note({self.any()})\nshow(e.__notes__)\ne.with_traceback({self.pick(['None', '3'])})\ne.__cause__ = {self.any()}\nshow(e.__cause__)",
            lambda: f"try:\n    try:\n        raise {e if '(' in e else e + '()'}\n    except {self.pick(EXC_NAMES)} as x:\n        raise {g} from x\n    finally:\n        print('  finally')\nexcept Exception as y:\n    explain(y)\n    show(y.__cause__, y.__context__, y.__suppress_context__)\n    raise RuntimeError('again')",
            lambda: f"g = ExceptionGroup('m', [{e}, ValueError(2), ExceptionGroup('n', [TypeError(3)])])\nshow(g.split({self.pick(['ValueError', 'TypeError', '(ValueError, KeyError)', 'lambda x: True', 'lambda x: x.args == (2,)', '3', 'Exception', 'int'])}), g.subgroup({self.pick(['ValueError', 'KeyError', 'OSError', 'lambda x: False'])}), g.derive([KeyError()]), g.message)",
            lambda: f"ExceptionGroup({self.any()}, {self.any()})", lambda: f"BaseExceptionGroup('g', [{e}, {g}])",
            lambda: f"e = {e}\ne.args = {self.any()}\nshow(e)\ne.x = 1\nshow(e.__dict__, e == e, hash(e) == hash(e))\ne.__setstate__({self.pick(['dict(a=1)', 'None', '3'])})\nshow(e.a)",
            lambda: f"e = {e}\nshow(e.__reduce__())",
            lambda: f"try:\n    {self.pick(['x', 'undefined', 'math.nope', 'None.foo', '[].foo', 'int.bar', 'Point().z', 'import_ = 1/0', 'from math import nope', 'import nope', 'import math.x', 'from . import x'])}\nexcept BaseException as e:\n    show(e, e.args, getattr(e, 'name', 0), getattr(e, 'path', 0))\nx = 1",
        ])()
