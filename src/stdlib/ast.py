"""Syntax trees: parse a text into nodes, walk through them, change them, and write them as text again.

    tree = ast.parse("x = 1 + 2")
    print(ast.dump(tree, indent=2))
    ast.unparse(tree)                   'x = 1 + 2'
    ast.literal_eval("[1, (2, 'a')]")   [1, (2, 'a')]
"""

import sys

from _ast import *
from contextlib import contextmanager

_UNLIMITED = "1e" + repr(sys.float_info.max_10_exp + 1)


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None):
    """The tree of a text."""
    flags = PyCF_ONLY_AST | (PyCF_TYPE_COMMENTS if type_comments else 0)
    if isinstance(feature_version, tuple):
        major, minor = feature_version
        if major != 3:
            raise ValueError(f"Unsupported major version: {major}")
        feature_version = minor
    return compile(source, filename, mode, flags, _feature_version=-1 if feature_version is None else feature_version)


# ── nodes as data ──

def _malformed(node):
    line = f" on line {node.lineno}" if getattr(node, "lineno", None) else ""
    return ValueError(f"malformed node or string{line}: {node!r}")


def _number(node):
    if isinstance(node, UnaryOp) and isinstance(node.op, (UAdd, USub)):
        inner = node.operand
        if isinstance(inner, Constant) and type(inner.value) in (int, float, complex):
            return +inner.value if isinstance(node.op, UAdd) else -inner.value
        raise _malformed(inner)
    if isinstance(node, Constant) and type(node.value) in (int, float, complex):
        return node.value
    raise _malformed(node)


def _literal(node):
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Tuple):
        return tuple([_literal(each) for each in node.elts])
    if isinstance(node, List):
        return [_literal(each) for each in node.elts]
    if isinstance(node, Set):
        return {_literal(each) for each in node.elts}
    if isinstance(node, Call) and isinstance(node.func, Name) and node.func.id == "set" and not node.args and not node.keywords:
        return set()
    if isinstance(node, Dict):
        if len(node.keys) != len(node.values):
            raise _malformed(node)
        return {_literal(key): _literal(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, BinOp) and isinstance(node.op, (Add, Sub)):
        left, right = _number(node.left), _number(node.right)
        if isinstance(left, (int, float)) and isinstance(right, complex):
            return left + right if isinstance(node.op, Add) else left - right
    return _number(node)


def literal_eval(node_or_string):
    """The value of a text (or tree) made of nothing but literals."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval")
    if isinstance(node_or_string, Expression):
        node_or_string = node_or_string.body
    return _literal(node_or_string)


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None):
    """A tree as text."""
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def show(value, level):
        """A text, and whether it fits in one line with its neighbours."""
        level += 1
        before, between = ("", ", ") if indent is None else ("\n" + indent * level, ",\n" + indent * level)
        if isinstance(value, AST):
            kind = type(value)
            parts, simple, named = [], True, annotate_fields
            for name in value._fields:
                try:
                    field = getattr(value, name)
                except AttributeError:
                    named = True
                    continue
                if field is None and getattr(kind, name, ...) is None:
                    named = True
                    continue
                text, plain = show(field, level)
                simple = simple and plain
                parts.append(f"{name}={text}" if named else text)
            if include_attributes and value._attributes:
                for name in value._attributes:
                    try:
                        field = getattr(value, name)
                    except AttributeError:
                        continue
                    if field is None and getattr(kind, name, ...) is None:
                        continue
                    text, plain = show(field, level)
                    simple = simple and plain
                    parts.append(f"{name}={text}")
            if simple and len(parts) <= 3:
                return f"{kind.__name__}({', '.join(parts)})", not parts
            return f"{kind.__name__}({before}{between.join(parts)})", False
        if isinstance(value, list):
            if not value:
                return "[]", True
            return f"[{before}{between.join(show(each, level)[0] for each in value)}]", False
        return repr(value), True

    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {type(node).__name__!r}")
    return show(node, 0)[0]


# ── places ──

def copy_location(new_node, old_node):
    """Give a node the place of another."""
    for name in "lineno", "col_offset", "end_lineno", "end_col_offset":
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or hasattr(old_node, name) and name.startswith("end_"):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Give every node that has no place that of the node around it."""
    def fill(node, place):
        here = {}
        for name, default in place.items():
            if name in node._attributes:
                known = getattr(node, name, None) if name.startswith("end_") else getattr(node, name, _MISSING)
                if known is (None if name.startswith("end_") else _MISSING):
                    setattr(node, name, default)
                    known = default
                here[name] = known
        for child in iter_child_nodes(node):
            fill(child, {**place, **here})

    fill(node, dict(lineno=1, col_offset=0, end_lineno=1, end_col_offset=0))
    return node


_MISSING = object()


def increment_lineno(node, n=1):
    """Move a tree n lines down."""
    for child in walk(node):
        if isinstance(child, TypeIgnore):
            child.lineno = getattr(child, "lineno", 0) + n
            continue
        if "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and getattr(child, "end_lineno", None) is not None:
            child.end_lineno += n
    return node


def _source_lines(text):
    """Split at the ends of lines that Python knows: \\n, \\r\\n, \\r."""
    lines, start, at = [], 0, 0
    while at < len(text):
        c = text[at]
        at += 1
        if c == "\r" and text[at:at + 1] == "\n":
            at += 1
        if c in "\r\n":
            lines.append(text[start:at])
            start = at
    if start < len(text):
        lines.append(text[start:])
    return lines


def get_source_segment(source, node, *, padded=False):
    """The text that a node was made of."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last = node.lineno - 1, node.end_lineno - 1
        start, end = node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = _source_lines(source)
    if first == last:
        return lines[first].encode()[start:end].decode()
    head = lines[first].encode()
    before = head[:start].decode()
    padding = "".join(c if c in "\f\t" else " " for c in before) if padded else ""
    return padding + head[start:].decode() + "".join(lines[first + 1:last]) + lines[last].encode()[:end].decode()


def get_docstring(node, clean=True):
    """The documentation text of a module, class or function."""
    if not isinstance(node, (AsyncFunctionDef, FunctionDef, ClassDef, Module)):
        raise TypeError(f"{type(node).__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], Expr)):
        return None
    value = node.body[0].value
    if not (isinstance(value, Constant) and isinstance(value.value, str)):
        return None
    if clean:
        import inspect
        return inspect.cleandoc(value.value)
    return value.value


# ── walking ──

def iter_fields(node):
    """Name and value of each field that is there."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes right below one."""
    for _, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for each in value:
                if isinstance(each, AST):
                    yield each


def walk(node):
    """The node and all below it, level by level."""
    level = [node]
    for each in level:
        level.extend(iter_child_nodes(each))
        yield each


class NodeVisitor:
    """Calls visit_Name() for each node of the class Name, generic_visit() where there is no such method."""

    def visit(self, node):
        return getattr(self, "visit_" + type(node).__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """Visit the nodes below."""
        for child in iter_child_nodes(node):
            self.visit(child)

    def visit_Constant(self, node):
        value = node.value
        old = next((name for kind, name in _OLD_KINDS if isinstance(value, kind)), None)
        if value is Ellipsis:
            old = "Ellipsis"
        method = getattr(self, f"visit_{old}", None) if old else None
        if method is not None:
            import warnings
            warnings.warn(f"visit_{old} is deprecated; add visit_Constant", DeprecationWarning, 2)
            return method(node)
        return self.generic_visit(node)


_OLD_KINDS = ((bool, "NameConstant"), (type(None), "NameConstant"), ((int, float, complex), "Num"), (str, "Str"), (bytes, "Bytes"))


class NodeTransformer(NodeVisitor):
    """A visitor whose methods return what takes the node's place: another node, None (nothing), or a list."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for each in old:
                    if isinstance(each, AST):
                        each = self.visit(each)
                        if each is None:
                            continue
                        if not isinstance(each, AST):
                            new.extend(each)
                            continue
                    new.append(each)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


# ── old names ──

class _OldKind(type):
    def __instancecheck__(cls, node):
        if not isinstance(node, Constant):
            return False
        value = node.value
        return isinstance(value, cls._kinds) and (cls is NameConstant or not isinstance(value, bool))


def _old(name, kinds, field):
    def new(cls, *args, **kwargs):
        if cls is made:
            value = args[0] if args else kwargs.pop(field, None)
            return Constant(... if name == "Ellipsis" else value, **kwargs)
        return Constant.__new__(cls)
    made = _OldKind(name, (Constant,), {"_fields": (field,) if field else (), "__new__": new, "_kinds": kinds, "__module__": "ast",
                                        "__doc__": "Deprecated AST node class. Use ast.Constant instead"})
    return made


Num = _old("Num", (int, float, complex), "n")
Str = _old("Str", (str,), "s")
Bytes = _old("Bytes", (bytes,), "s")
NameConstant = _old("NameConstant", (type(None), bool), "value")
_Ellipsis, Ellipsis = Ellipsis, _old("Ellipsis", (type(...),), "")
Tuple.dims = property(lambda self: self.elts, lambda self, value: setattr(self, "elts", value))
Constant.n = Constant.s = property(lambda self: self.value, lambda self, value: setattr(self, "value", value))


class slice(AST):
    """Deprecated AST node class."""


class Index(slice):
    """Deprecated AST node class. Use the index value directly instead."""

    def __new__(cls, value, **kwargs):
        return value


class ExtSlice(slice):
    """Deprecated AST node class. Use ast.Tuple instead."""

    def __new__(cls, dims=(), **kwargs):
        return Tuple(list(dims), Load(), **kwargs)


class Suite(mod):
    """Deprecated AST node class.  Unused in Python 3."""


class AugLoad(expr_context):
    """Deprecated AST node class.  Unused in Python 3."""


class AugStore(expr_context):
    """Deprecated AST node class.  Unused in Python 3."""


class Param(expr_context):
    """Deprecated AST node class.  Unused in Python 3."""


# ── as text again ──

# How tightly a place binds: what binds less needs parentheses there.
(_NAMED, _TUPLE, _YIELD, _TEST, _OR, _AND, _NOT, _COMPARE, _BOR, _BXOR, _BAND, _SHIFT, _ARITH, _TERM, _FACTOR, _POWER, _AWAIT,
 _ATOM) = range(18)
_BINARY = {"Add": ("+", _ARITH), "Sub": ("-", _ARITH), "Mult": ("*", _TERM), "MatMult": ("@", _TERM), "Div": ("/", _TERM),
           "Mod": ("%", _TERM), "FloorDiv": ("//", _TERM), "LShift": ("<<", _SHIFT), "RShift": (">>", _SHIFT), "BitOr": ("|", _BOR),
           "BitXor": ("^", _BXOR), "BitAnd": ("&", _BAND), "Pow": ("**", _POWER)}
_UNARY = {"Invert": ("~", _FACTOR), "Not": ("not ", _NOT), "UAdd": ("+", _FACTOR), "USub": ("-", _FACTOR)}
_COMPARISONS = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not", "In": "in",
                "NotIn": "not in"}
_ONE_LINE, _MANY_LINES = ("'", '"'), ('"""', "'''")


class _Unparser:
    """Writes statements line by line; expressions are functions from a node and its place to text."""

    def __init__(self):
        self.out = []
        self.depth = 0
        self.in_fstring = False

    # statements

    def line(self, text):
        self.out.append("\n" + "    " * self.depth + text)

    def blank(self):
        if self.out:
            self.out.append("\n")

    def body(self, nodes, docstring=None):
        self.depth += 1
        if docstring is not None:
            self.docstring(docstring)
            nodes = nodes[1:]
        for node in nodes:
            self.stmt(node)
        self.depth -= 1

    def block(self, head, nodes):
        self.line(head + ":")
        self.body(nodes)

    def stmt(self, node):
        getattr(self, "stmt_" + type(node).__name__)(node)

    def whole(self, node):
        if isinstance(node, Module):
            document = self.document(node)
            if document is not None:
                self.docstring(document)
            for each in node.body[document is not None:]:
                self.stmt(each)
        elif isinstance(node, Interactive):
            for each in node.body:
                self.stmt(each)
        elif isinstance(node, Expression):
            self.out.append(self.expr(node.body, _TEST))
        elif isinstance(node, FunctionType):
            self.out.append(f"({self.joined(node.argtypes)}) -> {self.expr(node.returns, _TEST)}")
        elif isinstance(node, stmt):
            self.stmt(node)
        elif isinstance(node, list):
            for each in node:
                self.whole(each)
        else:
            self.out.append(self.part(node))
        if self.out:
            self.out[0] = self.out[0].removeprefix("\n")
        return "".join(self.out)

    def part(self, node):
        """A piece that is neither statement nor expression."""
        if isinstance(node, expr):
            return self.expr(node, _TEST)
        if isinstance(node, pattern):
            return self.pattern(node, _TEST)
        if isinstance(node, arguments):
            return self.arguments(node)
        if isinstance(node, arg):
            return self.arg(node)
        if isinstance(node, keyword):
            return self.keyword(node)
        if isinstance(node, alias):
            return self.alias(node)
        if isinstance(node, comprehension):
            return self.comprehension(node)
        if isinstance(node, withitem):
            return self.withitem(node)
        if isinstance(node, excepthandler):
            self.handler(node, "except")
            return ""
        if isinstance(node, match_case):
            self.case(node)
            return ""
        return ""

    def document(self, node):
        """The node of a documentation text."""
        if node.body and isinstance(node.body[0], Expr):
            value = node.body[0].value
            if isinstance(value, Constant) and isinstance(value.value, str):
                return value
        return None

    def docstring(self, node):
        quote, text = _quoted(node.value, _MANY_LINES, escapes=False)
        if node.kind == "u":
            quote_start = "u" + quote
        else:
            quote_start = quote
        self.line(f"{quote_start}{text}{quote}")

    def stmt_Expr(self, node):
        self.line(self.expr(node.value, _YIELD))

    def stmt_Import(self, node):
        self.line("import " + ", ".join(map(self.alias, node.names)))

    def stmt_ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import {', '.join(map(self.alias, node.names))}")

    def alias(self, node):
        return f"{node.name} as {node.asname}" if node.asname else node.name

    def stmt_Assign(self, node):
        targets = "".join(self.expr(target, _TUPLE) + " = " for target in node.targets)
        comment = getattr(node, "type_comment", None)
        self.line(f"{targets}{self.expr(node.value, _TEST)}" + (f" # type: {comment}" if comment is not None else ""))

    def stmt_AugAssign(self, node):
        self.line(f"{self.expr(node.target, _TEST)} {_BINARY[type(node.op).__name__][0]}= {self.expr(node.value, _TEST)}")

    def stmt_AnnAssign(self, node):
        target = self.expr(node.target, _TEST)
        if not node.simple and isinstance(node.target, Name):
            target = f"({target})"
        value = f" = {self.expr(node.value, _TEST)}" if node.value else ""
        self.line(f"{target}: {self.expr(node.annotation, _TEST)}{value}")

    def stmt_Return(self, node):
        self.line(f"return {self.expr(node.value, _TEST)}" if node.value else "return")

    def stmt_Pass(self, node):
        self.line("pass")

    def stmt_Break(self, node):
        self.line("break")

    def stmt_Continue(self, node):
        self.line("continue")

    def stmt_Delete(self, node):
        self.line("del " + self.joined(node.targets))

    def stmt_Assert(self, node):
        self.line(f"assert {self.expr(node.test, _TEST)}" + (f", {self.expr(node.msg, _TEST)}" if node.msg else ""))

    def stmt_Global(self, node):
        self.line("global " + ", ".join(node.names))

    def stmt_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def stmt_Raise(self, node):
        if not node.exc:
            if node.cause:
                raise ValueError("Node can't be used without a value attribute.")
            self.line("raise")
            return
        cause = f" from {self.expr(node.cause, _TEST)}" if node.cause else ""
        self.line(f"raise {self.expr(node.exc, _TEST)}{cause}")

    def stmt_Try(self, node, word="except"):
        self.block("try", node.body)
        for handler in node.handlers:
            self.handler(handler, word)
        if node.orelse:
            self.block("else", node.orelse)
        if node.finalbody:
            self.block("finally", node.finalbody)

    def stmt_TryStar(self, node):
        self.stmt_Try(node, "except*")

    def handler(self, node, word):
        kind = f" {self.expr(node.type, _TEST)}" if node.type else ""
        self.block(f"{word}{kind}" + (f" as {node.name}" if node.name else ""), node.body)

    def stmt_ClassDef(self, node):
        self.blank()
        for decorator in node.decorator_list:
            self.line("@" + self.expr(decorator, _TEST))
        given = ", ".join([self.expr(base, _TEST) for base in node.bases] + [self.keyword(each) for each in node.keywords])
        self.line(f"class {node.name}" + (f"({given})" if node.bases or node.keywords else "") + ":")
        self.body(node.body, self.document(node))

    def stmt_FunctionDef(self, node, word="def"):
        self.blank()
        for decorator in node.decorator_list:
            self.line("@" + self.expr(decorator, _TEST))
        returns = f" -> {self.expr(node.returns, _TEST)}" if node.returns else ""
        comment = getattr(node, "type_comment", None)
        self.line(f"{word} {node.name}({self.arguments(node.args)}){returns}:" + (f" # type: {comment}" if comment else ""))
        self.body(node.body, self.document(node))

    def stmt_AsyncFunctionDef(self, node):
        self.stmt_FunctionDef(node, "async def")

    def stmt_For(self, node, word="for"):
        self.block(f"{word} {self.expr(node.target, _TUPLE)} in {self.expr(node.iter, _TEST)}", node.body)
        if node.orelse:
            self.block("else", node.orelse)

    def stmt_AsyncFor(self, node):
        self.stmt_For(node, "async for")

    def stmt_If(self, node):
        word = "if"
        while True:
            self.block(f"{word} {self.expr(node.test, _TEST)}", node.body)
            if not (len(node.orelse) == 1 and isinstance(node.orelse[0], If)):
                break
            word, node = "elif", node.orelse[0]
        if node.orelse:
            self.block("else", node.orelse)

    def stmt_While(self, node):
        self.block(f"while {self.expr(node.test, _TEST)}", node.body)
        if node.orelse:
            self.block("else", node.orelse)

    def stmt_With(self, node, word="with"):
        self.block(f"{word} {', '.join(map(self.withitem, node.items))}", node.body)

    def stmt_AsyncWith(self, node):
        self.stmt_With(node, "async with")

    def withitem(self, node):
        text = self.expr(node.context_expr, _TEST)
        return f"{text} as {self.expr(node.optional_vars, _TEST)}" if node.optional_vars else text

    def stmt_Match(self, node):
        self.line(f"match {self.expr(node.subject, _TEST)}:")
        self.depth += 1
        for case in node.cases:
            self.case(case)
        self.depth -= 1

    def case(self, node):
        guard = f" if {self.expr(node.guard, _TEST)}" if node.guard else ""
        self.block(f"case {self.pattern(node.pattern, _TEST)}{guard}", node.body)

    # patterns

    def pattern(self, node, place):
        kind = type(node).__name__
        if kind == "MatchValue":
            return self.expr(node.value, _TEST)
        if kind == "MatchSingleton":
            return repr(node.value)
        if kind == "MatchSequence":
            return f"[{', '.join(self.pattern(each, _TEST) for each in node.patterns)}]"
        if kind == "MatchStar":
            return f"*{node.name or '_'}"
        if kind == "MatchMapping":
            parts = [f"{self.expr(key, _TEST)}: {self.pattern(each, _TEST)}" for key, each in zip(node.keys, node.patterns)]
            if node.rest is not None:
                parts.append(f"**{node.rest}")
            return "{" + ", ".join(parts) + "}"
        if kind == "MatchClass":
            parts = [self.pattern(each, _TEST) for each in node.patterns]
            parts += [f"{name}={self.pattern(each, _TEST)}" for name, each in zip(node.kwd_attrs, node.kwd_patterns)]
            return f"{self.expr(node.cls, _ATOM)}({', '.join(parts)})"
        if kind == "MatchAs":
            if node.name is None:
                return "_"
            if node.pattern is None:
                return node.name
            text = f"{self.pattern(node.pattern, _BOR)} as {node.name}"
            return f"({text})" if place > _TEST else text
        text = " | ".join(self.pattern(each, _BOR + 1) for each in node.patterns)
        return f"({text})" if place > _BOR else text

    # expressions

    def expr(self, node, place):
        """The text of an expression where nothing that binds less than `place` can stand."""
        kind = type(node).__name__
        text, level = getattr(self, "expr_" + kind)(node, place)
        return f"({text})" if place > level else text

    def joined(self, nodes):
        return ", ".join([self.expr(each, _TEST) for each in nodes])

    def expr_Name(self, node, place):
        return node.id, _ATOM

    def expr_Constant(self, node, place):
        value = node.value
        if isinstance(value, tuple):
            inner = ", ".join(self.constant(each) for each in value)
            return f"({inner}{',' if len(value) == 1 else ''})", _ATOM
        if value is ...:
            return "...", _ATOM
        text = self.constant(value)
        if node.kind == "u":
            text = "u" + text
        return text, _ATOM

    def constant(self, value):
        text = repr(value)
        if isinstance(value, (float, complex)):
            return text.replace("inf", _UNLIMITED).replace("nan", f"({_UNLIMITED}-{_UNLIMITED})")
        if self.in_fstring and isinstance(value, str):
            return self.inner_string(value)
        return text

    def inner_string(self, value):
        """A string within an f-string, which can have no backslashes."""
        quote, text = _quoted(value, _ONE_LINE + _MANY_LINES)
        return f"{quote}{text}{quote}"

    def expr_NamedExpr(self, node, place):
        return f"{self.expr(node.target, _ATOM)} := {self.expr(node.value, _ATOM)}", _NAMED

    def expr_BoolOp(self, node, place):
        word, level = ("and", _AND) if isinstance(node.op, And) else ("or", _OR)
        # Each operand binds tighter than the one before.
        parts = [self.expr(each, level + 1 + index) for index, each in enumerate(node.values)]
        return f" {word} ".join(parts), level

    def expr_BinOp(self, node, place):
        sign, level = _BINARY[type(node.op).__name__]
        left, right = (level + 1, level) if sign == "**" else (level, level + 1)
        return f"{self.expr(node.left, left)} {sign} {self.expr(node.right, right)}", level

    def expr_UnaryOp(self, node, place):
        sign, level = _UNARY[type(node.op).__name__]
        return sign + self.expr(node.operand, level), level

    def expr_Lambda(self, node, place):
        given = self.arguments(node.args)
        return f"lambda{' ' + given if given else ''}: {self.expr(node.body, _TEST)}", _TEST

    def expr_IfExp(self, node, place):
        body, test = self.expr(node.body, _TEST + 1), self.expr(node.test, _TEST + 1)
        return f"{body} if {test} else {self.expr(node.orelse, _TEST)}", _TEST

    def expr_Dict(self, node, place):
        parts = [f"**{self.expr(value, _BOR)}" if key is None else f"{self.expr(key, _TEST)}: {self.expr(value, _TEST)}"
                 for key, value in zip(node.keys, node.values)]
        return "{" + ", ".join(parts) + "}", _ATOM

    def expr_Set(self, node, place):
        return "{" + (self.joined(node.elts) or "*()") + "}", _ATOM

    def expr_ListComp(self, node, place):
        return f"[{self.expr(node.elt, _TEST)}{self.parts(node)}]", _ATOM

    def expr_SetComp(self, node, place):
        return "{" + f"{self.expr(node.elt, _TEST)}{self.parts(node)}" + "}", _ATOM

    def expr_GeneratorExp(self, node, place):
        return f"({self.expr(node.elt, _TEST)}{self.parts(node)})", _ATOM

    def expr_DictComp(self, node, place):
        return "{" + f"{self.expr(node.key, _TEST)}: {self.expr(node.value, _TEST)}{self.parts(node)}" + "}", _ATOM

    def parts(self, node):
        return "".join(map(self.comprehension, node.generators))

    def comprehension(self, node):
        word = " async for " if node.is_async else " for "
        text = f"{word}{self.expr(node.target, _TUPLE)} in {self.expr(node.iter, _TEST + 1)}"
        return text + "".join(f" if {self.expr(each, _TEST + 1)}" for each in node.ifs)

    def expr_Await(self, node, place):
        if not node.value:
            raise ValueError("Node can't be used without a value attribute.")
        return f"await {self.expr(node.value, _ATOM)}", _AWAIT

    def expr_Yield(self, node, place):
        return f"yield {self.expr(node.value, _ATOM)}" if node.value else "yield", _YIELD

    def expr_YieldFrom(self, node, place):
        return f"yield from {self.expr(node.value, _ATOM)}", _YIELD

    def expr_Compare(self, node, place):
        text = self.expr(node.left, _COMPARE + 1)
        for op, right in zip(node.ops, node.comparators):
            text += f" {_COMPARISONS[type(op).__name__]} {self.expr(right, _COMPARE + 1)}"
        return text, _COMPARE

    def expr_Call(self, node, place):
        parts = [self.expr(each, _TEST) for each in node.args] + [self.keyword(each) for each in node.keywords]
        return f"{self.expr(node.func, _ATOM)}({', '.join(parts)})", _ATOM

    def keyword(self, node):
        value = self.expr(node.value, _TEST)
        return f"**{value}" if node.arg is None else f"{node.arg}={value}"

    def expr_Attribute(self, node, place):
        text = self.expr(node.value, _ATOM)
        # 3.real would be a float and a name.
        space = " " if isinstance(node.value, Constant) and isinstance(node.value.value, int) else ""
        return f"{text}{space}.{node.attr}", _ATOM

    def expr_Subscript(self, node, place):
        inner = node.slice
        if isinstance(inner, Tuple) and inner.elts:
            text = self.joined(inner.elts) + ("," if len(inner.elts) == 1 else "")
        else:
            text = self.expr(inner, _TEST)
        return f"{self.expr(node.value, _ATOM)}[{text}]", _ATOM

    def expr_Starred(self, node, place):
        return "*" + self.expr(node.value, _BOR), _ATOM

    def expr_List(self, node, place):
        return f"[{self.joined(node.elts)}]", _ATOM

    def expr_Tuple(self, node, place):
        if not node.elts:
            return "()", _ATOM
        return f"{self.joined(node.elts)}{',' if len(node.elts) == 1 else ''}", _TUPLE

    def expr_Slice(self, node, place):
        text = (self.expr(node.lower, _TEST) if node.lower else "") + ":"
        text += self.expr(node.upper, _TEST) if node.upper else ""
        return text + (f":{self.expr(node.step, _TEST)}" if node.step else ""), _ATOM

    def arg(self, node):
        return f"{node.arg}: {self.expr(node.annotation, _TEST)}" if node.annotation else node.arg

    def arguments(self, node):
        """The parameters of a function."""
        parts = []
        plain = node.posonlyargs + node.args
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        for index, (each, default) in enumerate(zip(plain, defaults), 1):
            parts.append(self.arg(each) + (f"={self.expr(default, _TEST)}" if default else ""))
            if index == len(node.posonlyargs):
                parts.append("/")
        if node.vararg:
            parts.append("*" + self.arg(node.vararg))
        elif node.kwonlyargs:
            parts.append("*")
        for each, default in zip(node.kwonlyargs, node.kw_defaults):
            parts.append(self.arg(each) + (f"={self.expr(default, _TEST)}" if default else ""))
        if node.kwarg:
            parts.append("**" + self.arg(node.kwarg))
        return ", ".join(parts)

    # f-strings

    def expr_JoinedStr(self, node, place):
        if self.in_fstring:
            # One within another: whatever quotes are left.
            pieces = [(piece, isinstance(each, Constant)) for each in node.values for piece in [self.piece(each)]]
            text = "".join(piece for piece, _ in pieces)
            quote, text = _quoted(text, _ONE_LINE + _MANY_LINES)
            return f"f{quote}{text}{quote}", _ATOM
        pieces = [(self.piece(each), isinstance(each, Constant)) for each in node.values]
        quotes = list(_ONE_LINE + _MANY_LINES)
        texts = []
        fallback = False
        for text, is_constant in pieces:
            quote_types, shown = _candidates(text, quotes, is_constant)
            if quotes[0] not in quote_types and not set(quote_types) & set(quotes):
                fallback = True
                break
            texts.append(shown)
            quotes = quote_types
        if fallback:
            texts, quotes = [], ['"""']
            for text, is_constant in pieces:
                texts.append(repr('"' + text)[2:-1] if is_constant else text)
        return f"f{quotes[0]}{''.join(texts)}{quotes[0]}", _ATOM

    def expr_FormattedValue(self, node, place):
        return self.expr_JoinedStr(JoinedStr([node]), place)

    def piece(self, node):
        if isinstance(node, Constant):
            return node.value.replace("{", "{{").replace("}", "}}")
        if isinstance(node, JoinedStr):
            return "".join(map(self.piece, node.values))
        inner = _Unparser()
        inner.in_fstring = True
        text = inner.expr(node.value, _TEST + 1)
        if text.startswith("{"):
            text = " " + text
        if "\\" in text:
            raise ValueError("Unable to avoid backslash in f-string expression part")
        text = "{" + text
        if node.conversion != -1:
            text += "!" + chr(node.conversion)
        if node.format_spec:
            text += ":" + self.piece(node.format_spec)
        return text + "}"


def _candidates(text, quotes, escapes):
    """The quotes that can stand around a text, the best first, and how the text then looks."""
    def shown(c):
        if not escapes and c in "\n\t":
            return c
        if c == "\\" or not c.isprintable():
            return c.encode("unicode_escape").decode("ascii")
        return c

    escaped = "".join(map(shown, text))
    possible = list(quotes)
    if "\n" in escaped:
        possible = [quote for quote in possible if quote in _MANY_LINES]
    possible = [quote for quote in possible if quote not in escaped]
    if not possible:
        plain = repr(text)
        quote = next((quote for quote in quotes if plain[0] in quote), plain[0])
        return [quote], plain[1:-1]
    if escaped:
        possible.sort(key=lambda quote: quote[0] == escaped[-1])
        if possible[0][0] == escaped[-1]:
            escaped = escaped[:-1] + "\\" + escaped[-1]
    return possible, escaped


def _quoted(text, quotes, escapes=True):
    possible, shown = _candidates(text, quotes, escapes)
    return possible[0], shown


def unparse(ast_obj):
    """A tree as a text that would give the same tree."""
    return _Unparser().whole(ast_obj)


def main():
    import argparse
    parser = argparse.ArgumentParser(prog="python -m ast")
    parser.add_argument("infile", type=argparse.FileType(mode="rb"), nargs="?", default="-", help="the file to parse; defaults to stdin")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval", "func_type"),
                        help="specify what kind of code must be parsed")
    parser.add_argument("--no-type-comments", default=True, action="store_false", help="don't add information about type comments")
    parser.add_argument("-a", "--include-attributes", action="store_true", help="include attributes such as line numbers")
    parser.add_argument("-i", "--indent", type=int, default=3, help="indentation of nodes (number of spaces)")
    args = parser.parse_args()
    with args.infile as infile:
        source = infile.read()
    tree = parse(source, args.infile.name, args.mode, type_comments=args.no_type_comments)
    print(dump(tree, include_attributes=args.include_attributes, indent=args.indent))


if __name__ == "__main__":
    main()
