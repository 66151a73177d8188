"""Looking at live objects: what they are, what they take, where they come from.

    inspect.signature(f)            (a, b=1, *, key)
    inspect.getsource(f)            the text of its definition
    inspect.getmembers(obj)         names and values
    inspect.stack()                 the calls that led here
"""

import builtins
import collections.abc
import enum
import functools
import itertools
import keyword
import linecache
import os
import sys
import types
from collections import OrderedDict, namedtuple
from operator import attrgetter

__all__ = ["ArgInfo", "Arguments", "Attribute", "BlockFinder", "BoundArguments", "CORO_CLOSED", "CORO_CREATED", "CORO_RUNNING",
           "CORO_SUSPENDED", "CO_ASYNC_GENERATOR", "CO_COROUTINE", "CO_GENERATOR", "CO_ITERABLE_COROUTINE", "CO_NESTED", "CO_NEWLOCALS",
           "CO_NOFREE", "CO_OPTIMIZED", "CO_VARARGS", "CO_VARKEYWORDS", "ClassFoundException", "ClosureVars", "EndOfBlock",
           "FrameInfo", "FullArgSpec", "GEN_CLOSED", "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "Parameter", "Signature",
           "TPFLAGS_IS_ABSTRACT", "Traceback", "classify_class_attrs", "cleandoc", "currentframe", "findsource", "formatannotation",
           "formatannotationrelativeto", "formatargvalues", "get_annotations", "getabsfile", "getargs", "getargvalues",
           "getattr_static", "getblock", "getcallargs", "getclasstree", "getclosurevars", "getcomments", "getcoroutinelocals",
           "getcoroutinestate", "getdoc", "getfile", "getframeinfo", "getfullargspec", "getgeneratorlocals", "getgeneratorstate",
           "getinnerframes", "getlineno", "getmembers", "getmembers_static", "getmodule", "getmodulename", "getmro",
           "getouterframes", "getsource", "getsourcefile", "getsourcelines", "indentsize", "isabstract", "isasyncgen",
           "isasyncgenfunction", "isawaitable", "isbuiltin", "isclass", "iscode", "iscoroutine", "iscoroutinefunction",
           "isdatadescriptor", "isframe", "isfunction", "isgenerator", "isgeneratorfunction", "isgetsetdescriptor",
           "ismemberdescriptor", "ismethod", "ismethoddescriptor", "ismethodwrapper", "ismodule", "isroutine", "istraceback",
           "signature", "stack", "trace", "unwrap", "walktree"]

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS, CO_NESTED, CO_GENERATOR, CO_NOFREE = 1, 2, 4, 8, 16, 32, 64
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


# ── what is it? ──

def _kind(*types_of_it):
    def test(object):
        return isinstance(object, types_of_it)
    return test


ismodule = _kind(types.ModuleType)
isclass = _kind(type)
ismethod = _kind(types.MethodType)
isfunction = _kind(types.FunctionType)
isgenerator = _kind(types.GeneratorType)
isasyncgen = _kind(types.AsyncGeneratorType)
iscoroutine = _kind(types.CoroutineType)
istraceback = _kind(types.TracebackType)
isframe = _kind(types.FrameType)
iscode = _kind(types.CodeType)
isbuiltin = _kind(types.BuiltinFunctionType)
ismethodwrapper = _kind(types.MethodWrapperType)
isgetsetdescriptor = _kind(types.GetSetDescriptorType)
ismemberdescriptor = _kind(types.MemberDescriptorType)
for _name in ("ismodule isclass ismethod isfunction isgenerator isasyncgen iscoroutine istraceback isframe iscode isbuiltin "
              "ismethodwrapper isgetsetdescriptor ismemberdescriptor").split():
    globals()[_name].__name__ = globals()[_name].__qualname__ = _name
del _name


def _plain_function(f):
    """The function below methods and partial objects."""
    while isinstance(f, (types.MethodType, functools.partial)):
        f = f.__func__ if isinstance(f, types.MethodType) else f.func
    return f


def _has_flag(f, flag):
    f = _plain_function(f)
    return isfunction(f) and bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Does calling it make a generator?"""
    return _has_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_flag(obj, CO_ASYNC_GENERATOR)


def isawaitable(object):
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
    return isinstance(object, collections.abc.Awaitable)


def ismethoddescriptor(object):
    """Has it __get__ but no __set__, and is it no method, function or class?"""
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__get__") and not hasattr(kind, "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    kind = type(object)
    return hasattr(kind, "__set__") or hasattr(kind, "__delete__")


def isroutine(object):
    return isbuiltin(object) or isfunction(object) or ismethod(object) or ismethoddescriptor(object)


def isabstract(object):
    """Is it a class with methods that are still to be written?"""
    return isinstance(object, type) and bool(object.__flags__ & TPFLAGS_IS_ABSTRACT or getattr(object, "__abstractmethods__", None))


# ── members ──

def _names_of(object):
    names = dir(object)
    try:
        for base in object.__bases__:
            names += [name for name, value in base.__dict__.items() if isinstance(value, types.DynamicClassAttribute)]
    except AttributeError:
        pass
    return names


def _members(object, predicate, get):
    classes = object.__mro__ if isclass(object) else ()
    found, seen = [], set()
    for name in _names_of(object):
        if name in seen:
            continue
        seen.add(name)
        try:
            value = get(object, name)
        except AttributeError:
            for base in classes:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            found.append((name, value))
    found.sort(key=lambda pair: pair[0])
    return found


def getmembers(object, predicate=None):
    """Names and values of all attributes, sorted; those for which the predicate is true."""
    return _members(object, predicate, getattr)


def getmembers_static(object, predicate=None):
    """The same without running descriptors."""
    return _members(object, predicate, getattr_static)


Attribute = namedtuple("Attribute", "name kind defining_class object")


def classify_class_attrs(cls):
    """For each attribute of a class: name, kind, the class that defines it, and what stands in that class."""
    mro = getmro(cls)
    found = []
    for name in sorted(set(dir(cls)) | {name for base in mro for name, value in base.__dict__.items()
                                       if isinstance(value, types.DynamicClassAttribute)}):
        home = next((base for base in mro if name in base.__dict__), None)
        if home is None:
            for base in getmro(type(cls)):
                if name in base.__dict__ and name != "__abstractmethods__":
                    home = base
                    break
        value = home.__dict__[name] if home is not None else getattr(cls, name, None)
        if name == "__dict__" and home is not None:
            pass
        if isinstance(value, (staticmethod, types.BuiltinMethodType)):
            kind = "static method"
        elif isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
            kind = "class method"
        elif isinstance(value, property):
            kind = "property"
        elif isroutine(value):
            kind = "method"
        else:
            kind = "data"
        found.append(Attribute(name, kind, home, value))
    return found


def getmro(cls):
    return cls.__mro__


_MISSING = object()


def getattr_static(obj, attr, default=_MISSING):
    """What is stored under a name, without running any code of the object's."""
    in_class = in_object = _MISSING
    if not isinstance(obj, type):
        holder = type(obj)
        own = _own_dict(obj)
        in_object = own.get(attr, _MISSING) if own is not None else _MISSING
    else:
        holder = obj
    for base in type.__dict__["__mro__"].__get__(holder):
        namespace = type.__dict__["__dict__"].__get__(base)
        if attr in namespace:
            in_class = namespace[attr]
            break
    if in_object is not _MISSING and in_class is not _MISSING:
        kind = type(in_class)
        if hasattr(kind, "__get__") and (hasattr(kind, "__set__") or hasattr(kind, "__delete__")):
            return in_class
    for value in in_object, in_class:
        if value is not _MISSING:
            return value
    if holder is obj:
        for base in type.__dict__["__mro__"].__get__(type(obj)):
            namespace = type.__dict__["__dict__"].__get__(base)
            if attr in namespace:
                return namespace[attr]
    if default is not _MISSING:
        return default
    raise AttributeError(attr)


def _own_dict(obj):
    for base in type.__dict__["__mro__"].__get__(type(obj)):
        slot = type.__dict__["__dict__"].__get__(base).get("__dict__")
        if slot is not None:
            if type(slot) is not types.GetSetDescriptorType:
                return None
            try:
                return slot.__get__(obj)
            except (AttributeError, TypeError):
                return None
    if isinstance(obj, types.ModuleType):
        return types.ModuleType.__dict__["__dict__"].__get__(obj)
    try:
        return object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return None


def unwrap(func, *, stop=None):
    """The function at the end of the chain of __wrapped__."""
    first, seen = func, {id(func)}
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= sys.getrecursionlimit():
            raise ValueError(f"wrapper loop when unwrapping {first!r}")
        seen.add(id(func))
    return func


def getclasstree(classes, unique=False):
    """Classes as nested lists: (class, bases), followed by the list of those below it."""
    below, roots = {}, []
    for c in classes:
        if c.__bases__:
            for parent in c.__bases__:
                children = below.setdefault(parent, [])
                if c not in children:
                    children.append(c)
                if unique and parent in classes:
                    break
        elif c not in roots:
            roots.append(c)
    roots += [parent for parent in below if parent not in classes]
    return walktree(roots, below, None)


def walktree(classes, children, parent):
    tree = []
    for c in sorted(classes, key=attrgetter("__module__", "__name__")):
        tree.append((c, c.__bases__))
        if c in children:
            tree.append(walktree(children[c], children, c))
    return tree


# ── texts ──

def getdoc(object):
    """The documentation text, that of the class or base it stands for if it has none; without its indentation."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _inherited_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def _inherited_doc(obj):
    if isclass(obj):
        return next((base.__doc__ for base in obj.__mro__ if base is not object and base.__doc__ is not None), None)
    if ismethod(obj):
        owner = obj.__self__ if isclass(obj.__self__) else type(obj.__self__)
        name = obj.__func__.__name__
    elif isfunction(obj):
        owner, name = _class_of_function(obj), obj.__name__
        if owner is None or getattr(owner, name, None) is not obj:
            return None
    elif isinstance(obj, property):
        name = obj.fget.__name__
        owner = _class_of_function(obj.fget)
        if owner is None or getattr(owner, name, None) is not obj:
            return None
    elif ismethoddescriptor(obj) or isdatadescriptor(obj):
        owner, name = obj.__objclass__, obj.__name__
        if getattr(owner, name) is not obj:
            return None
    else:
        return None
    for base in owner.__mro__:
        doc = getattr(getattr(base, name, None), "__doc__", None)
        if doc is not None:
            return doc
    return None


def _class_of_function(func):
    found = sys.modules.get(func.__module__)
    for name in func.__qualname__.split(".")[:-1]:
        found = getattr(found, name, None)
    return found if isclass(found) else None


def cleandoc(doc):
    """Without the indentation that all lines after the first have, and without empty lines around."""
    first, *others = doc.expandtabs().split("\n")
    indents = [len(line) - len(line.lstrip()) for line in others if line.strip()]
    cut = min(indents, default=0)
    lines = [first.lstrip()] + [line[cut:] for line in others]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def indentsize(line):
    line = line.expandtabs()
    return len(line) - len(line.lstrip())


def getfile(object):
    """The file that it was defined in."""
    if ismodule(object):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isclass(object):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, got "
                    f"{type(object).__name__}")


def getmodulename(path):
    """The name of the module that a file is."""
    name = os.path.basename(path)
    for ending in ".py", ".pyc":
        if name.endswith(ending):
            return name[:-len(ending)]
    return None


def getsourcefile(object):
    """The file with the source text, if there is one."""
    name = getfile(object)
    if name.endswith(".pyc"):
        name = name[:-1]
    if os.path.exists(name) or name in linecache.cache:
        return name
    module = getmodule(object, name)
    if getattr(module, "__loader__", None) is not None and not name.startswith("<"):
        return name
    if linecache.getlines(name):
        return name
    return None


def getabsfile(object, _filename=None):
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


def getmodule(object, _filename=None):
    """The module that it was defined in."""
    if ismodule(object):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    try:
        path = getabsfile(object, _filename) if _filename is None else os.path.abspath(_filename)
    except (TypeError, FileNotFoundError):
        return None
    for module in list(sys.modules.values()):
        if ismodule(module) and getattr(module, "__file__", None) and os.path.abspath(module.__file__) == path:
            return module
    name = getattr(object, "__name__", None)
    if name is not None:
        for module in sys.modules.get("__main__"), builtins:
            if getattr(module, name, None) is object:
                return module
    return None


class ClassFoundException(Exception):
    pass


def findsource(object):
    """All lines of the file, and the index of the one where it begins."""
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    if ismodule(object):
        return lines, 0
    if isclass(object):
        return lines, _line_of_class(object, "".join(lines))
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if not iscode(object):
        raise OSError("could not find code object")
    number = object.co_firstlineno - 1
    if number >= len(lines):
        raise OSError("lineno is out of bounds")
    return lines, number


def _line_of_class(cls, text):
    """Where the class statement is, by the names of what it stands in."""
    import ast
    wanted, found = cls.__qualname__, []

    def look(node, prefix):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.ClassDef):
                if prefix + child.name == wanted:
                    found.append(child)
                look(child, f"{prefix}{child.name}.")
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                look(child, f"{prefix}{child.name}.<locals>.")
            else:
                look(child, prefix)

    look(ast.parse(text), "")
    if not found:
        raise OSError("could not find class definition")
    first = found[0]
    return (first.decorator_list[0].lineno if first.decorator_list else first.lineno) - 1


class EndOfBlock(Exception):
    pass


class BlockFinder:
    """Where a block of lines ends, told token by token."""

    def __init__(self):
        self.indent = 0
        self.islambda = self.started = self.passline = self.indecorator = False
        self.last = 1

    def lines_of(self, tokens):
        import tokenize
        depth_of_decorator = None
        brackets = 0
        body = None
        for kind, text, start, end, line in tokens:
            if not self.started:
                if kind == tokenize.OP and text == "@":
                    self.indecorator = True
                elif text in ("def", "class", "lambda") and kind == tokenize.NAME:
                    self.started = True
                    self.islambda = text == "lambda"
                elif self.indecorator and kind == tokenize.NEWLINE:
                    self.indecorator = False
                self.passline = True
                if kind == tokenize.NEWLINE and not self.indecorator and not self.started:
                    pass
            elif kind == tokenize.NEWLINE:
                self.passline = False
                self.last = start[0]
                if self.islambda:
                    return
            elif self.passline:
                pass
            elif kind == tokenize.INDENT:
                self.indent += 1
                self.passline = True
                self.body_column = end[1]
            elif kind == tokenize.DEDENT:
                self.indent -= 1
                if self.indent <= 0:
                    return
            elif kind == tokenize.COMMENT:
                if getattr(self, "body_column", None) is not None and start[1] >= self.body_column:
                    self.last = start[0]
            elif self.indent == 0 and kind not in (tokenize.COMMENT, tokenize.NL):
                return


def getblock(lines):
    """The lines of the block that begins with the first."""
    import tokenize
    finder = BlockFinder()
    try:
        finder.lines_of(tokenize.generate_tokens(iter(lines).__next__))
    except (EndOfBlock, IndentationError, SyntaxError, tokenize.TokenError):
        pass
    return lines[:finder.last]


def getsourcelines(object):
    """The lines of its definition, and the number of the first."""
    object = unwrap(object)
    lines, number = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[number:]), number + 1


def getsource(object):
    """The text of its definition."""
    return "".join(getsourcelines(object)[0])


def getcomments(object):
    """The comment lines right above its definition."""
    try:
        lines, number = findsource(object)
    except (OSError, TypeError):
        return None
    if ismodule(object):
        start = 1 if lines and lines[0].startswith("#!") else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        end = start
        while end < len(lines) and lines[end].startswith("#"):
            end += 1
        return "".join(line.expandtabs() for line in lines[start:end]) or None
    indent = indentsize(lines[number])
    start = number
    while start > 0 and lines[start - 1].lstrip().startswith("#") and indentsize(lines[start - 1]) == indent:
        start -= 1
    block = [line.expandtabs().lstrip() for line in lines[start:number]]
    while block and block[0].strip() == "#":
        block.pop(0)
    while block and block[-1].strip() == "#":
        block.pop()
    return "".join(block) or None


# ── frames ──

_FrameInfo = namedtuple("_FrameInfo", "frame filename lineno function code_context index")
_Traceback = namedtuple("_Traceback", "filename lineno function code_context index")


class FrameInfo(_FrameInfo):
    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, frame, filename, lineno, function, code_context, index)
        self.positions = positions
        return self

    def __repr__(self):
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
        return f"FrameInfo({fields}, positions={self.positions!r})"


class Traceback(_Traceback):
    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, filename, lineno, function, code_context, index)
        self.positions = positions
        return self

    def __repr__(self):
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._fields, self))
        return f"Traceback({fields}, positions={self.positions!r})"


Positions = namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=(None,) * 4)
Positions.__module__ = "dis"


def _positions(frame, lasti):
    return Positions(*next(itertools.islice(frame.f_code.co_positions(), max(lasti, 0) // 2, None), (None,) * 4))


def getframeinfo(frame, context=1):
    """File, line and function of a frame or traceback, with so many lines around."""
    if istraceback(frame):
        positions, lineno, frame = _positions(frame.tb_frame, frame.tb_lasti), frame.tb_lineno, frame.tb_frame
    elif isframe(frame):
        positions, lineno = _positions(frame, frame.f_lasti), frame.f_lineno
    else:
        raise TypeError(f"{frame!r} is not a frame or traceback object")
    filename = getsourcefile(frame) or getfile(frame)
    lines = index = None
    if context > 0:
        start = lineno - 1 - context // 2
        try:
            whole, _ = findsource(frame)
        except OSError:
            pass
        else:
            start = max(0, min(start, len(whole) - context))
            lines = whole[start:start + context]
            index = lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index, positions=positions)


def getlineno(frame):
    return frame.f_lineno


def currentframe():
    """The frame of the caller."""
    return sys._getframe(1)


def getouterframes(frame, context=1):
    """The frame and those that called it."""
    found = []
    while frame is not None:
        told = getframeinfo(frame, context)
        found.append(FrameInfo(frame, *told, positions=told.positions))
        frame = frame.f_back
    return found


def getinnerframes(tb, context=1):
    """The frames of a traceback."""
    found = []
    while tb is not None:
        told = getframeinfo(tb, context)
        found.append(FrameInfo(tb.tb_frame, *told, positions=told.positions))
        tb = tb.tb_next
    return found


def stack(context=1):
    """The caller's frame and those that called it."""
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    """The frames between here and where the exception that is handled was raised."""
    return getinnerframes(sys.exc_info()[2], context)


ArgInfo = namedtuple("ArgInfo", "args varargs keywords locals")
Arguments = namedtuple("Arguments", "args, varargs, varkw")


def getargs(co):
    """The names of the parameters of a code object."""
    if not iscode(co):
        raise TypeError(f"{co!r} is not a code object")
    names = list(co.co_varnames)
    count = co.co_argcount + co.co_kwonlyargcount
    rest = names[count:]
    varargs = rest.pop(0) if co.co_flags & CO_VARARGS else None
    varkw = rest.pop(0) if co.co_flags & CO_VARKEYWORDS else None
    return Arguments(names[:count], varargs, varkw)


def getargvalues(frame):
    return ArgInfo(*getargs(frame.f_code), frame.f_locals)


def formatargvalues(args, varargs, varkw, locals, formatarg=str, formatvarargs=lambda name: "*" + name,
                    formatvarkw=lambda name: "**" + name, formatvalue=lambda value: "=" + repr(value)):
    shown = [formatarg(name) + formatvalue(locals[name]) for name in args]
    if varargs:
        shown.append(formatvarargs(varargs) + formatvalue(locals[varargs]))
    if varkw:
        shown.append(formatvarkw(varkw) + formatvalue(locals[varkw]))
    return f"({', '.join(shown)})"


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = "GEN_CREATED", "GEN_RUNNING", "GEN_SUSPENDED", "GEN_CLOSED"
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = "CORO_CREATED", "CORO_RUNNING", "CORO_SUSPENDED", "CORO_CLOSED"


def _state(kind, running, suspended, frame):
    return kind + ("RUNNING" if running else "SUSPENDED" if suspended else "CLOSED" if frame is None else "CREATED")


def getgeneratorstate(generator):
    return _state("GEN_", generator.gi_running, generator.gi_suspended, generator.gi_frame)


def getcoroutinestate(coroutine):
    return _state("CORO_", coroutine.cr_running, coroutine.cr_suspended, coroutine.cr_frame)


def getgeneratorlocals(generator):
    """The variables of a generator that is not running."""
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    return {} if generator.gi_frame is None else generator.gi_frame.f_locals


def getcoroutinelocals(coroutine):
    return {} if coroutine.cr_frame is None else coroutine.cr_frame.f_locals


ClosureVars = namedtuple("ClosureVars", "nonlocals globals builtins unbound")


def getclosurevars(func):
    """What the names of a function's code refer to outside of it."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {}
    for name, cell in zip(code.co_freevars, func.__closure__ or ()):
        try:
            nonlocals[name] = cell.cell_contents
        except ValueError:
            pass
    namespace = func.__globals__
    builtin = namespace.get("__builtins__", builtins.__dict__)
    if ismodule(builtin):
        builtin = builtin.__dict__
    in_globals, in_builtins, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in namespace:
            in_globals[name] = namespace[name]
        elif name in builtin:
            in_builtins[name] = builtin[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, in_globals, in_builtins, unbound)


# ── annotations ──

def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """The annotations of a function, class or module as a new dict; with eval_str, texts are evaluated."""
    own_globals = own_locals = wrapped = None
    if isclass(obj):
        found = obj.__dict__.get("__annotations__")
        if isinstance(found, types.GetSetDescriptorType):
            found = None
        module = sys.modules.get(getattr(obj, "__module__", None))
        own_globals = getattr(module, "__dict__", None)
        own_locals = dict(vars(obj))
        wrapped = obj
    elif ismodule(obj):
        found = getattr(obj, "__annotations__", None)
        own_globals = obj.__dict__
    elif callable(obj):
        found = getattr(obj, "__annotations__", None)
        own_globals = getattr(obj, "__globals__", None)
        wrapped = obj
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not found or not eval_str:
        return dict(found)
    while wrapped is not None:
        inner = getattr(wrapped, "__wrapped__", None) or (wrapped.func if isinstance(wrapped, functools.partial) else None)
        if inner is None:
            break
        wrapped = inner
    if hasattr(wrapped, "__globals__"):
        own_globals = wrapped.__globals__
    if globals is None:
        globals = own_globals
    if locals is None:
        locals = own_locals
    return {name: eval(value, globals, locals) if isinstance(value, str) else value for name, value in found.items()}


def formatannotation(annotation, base_module=None):
    """An annotation as text."""
    if getattr(annotation, "__module__", None) == "typing":
        text = repr(annotation)
        out, at = "", 0
        while (found := text.find("typing.", at)) >= 0:
            before = text[found - 1] if found else " "
            is_word = before.isalnum() or before in "_."
            out += text[at:found] + ("typing." if is_word else "")
            at = found + 7
        return out + text[at:]
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return f"{annotation.__module__}.{annotation.__qualname__}"
    return repr(annotation)


def formatannotationrelativeto(object):
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


# ── signatures ──

class _empty:
    """Nothing was given."""


class _void:
    pass


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        member = int.__new__(cls, len(cls.__members__))
        member._value_ = int(member)
        member.description = description
        return member

    def __str__(self):
        return self.name


_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind


class Parameter:
    """A parameter: name, kind, default and annotation. It does not change."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")

    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD, VAR_POSITIONAL = _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL
    KEYWORD_ONLY, VAR_KEYWORD = _KEYWORD_ONLY, _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = next(each for each in _ParameterKind if each == kind)
        except StopIteration:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind")
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f"{self._kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[0] == "." and name[1:].isdigit():
            # What a comprehension is given has no name that could be written.
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError(f"implicit arguments must be passed as positional or keyword arguments, not {self._kind.description}")
            self._kind = _POSITIONAL_ONLY
            name = "implicit" + name[1:]
        if keyword.iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name, self._default, self._annotation = name, default, annotation

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default, self._annotation = state["_default"], state["_annotation"]

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        """A copy with other properties."""
        return type(self)(self._name if name is _void else name, self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += f": {formatannotation(self._annotation)}"
        if self._default is not _empty:
            text += f" = {self._default!r}" if self._annotation is not _empty else f"={self._default!r}"
        return {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self._kind, "") + text

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _parts(self):
        return self._name, self._kind, self._default, self._annotation

    def __hash__(self):
        return hash(self._parts())

    def __eq__(self, other):
        if self is other:
            return True
        return self._parts() == other._parts() if isinstance(other, Parameter) else NotImplemented


class BoundArguments:
    """The arguments of a call, each with its parameter."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self._signature, self.arguments = signature, arguments

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        found = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            value = self.arguments[name]
            found.extend(value) if parameter.kind is _VAR_POSITIONAL else found.append(value)
        return tuple(found)

    @property
    def kwargs(self):
        found, by_name = {}, False
        for name, parameter in self._signature.parameters.items():
            by_name = by_name or parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY)
            if name not in self.arguments:
                by_name = True
            elif by_name:
                found.update(self.arguments[name] if parameter.kind is _VAR_KEYWORD else {name: self.arguments[name]})
        return found

    def apply_defaults(self):
        """Put in the defaults of what was not given."""
        whole = []
        for name, parameter in self._signature.parameters.items():
            if name in self.arguments:
                whole.append((name, self.arguments[name]))
            elif parameter.default is not _empty:
                whole.append((name, parameter.default))
            elif parameter.kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
                whole.append((name, () if parameter.kind is _VAR_POSITIONAL else {}))
        self.arguments = dict(whole)

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __setstate__(self, state):
        self._signature, self.arguments = state["_signature"], state["arguments"]

    def __repr__(self):
        return f"<BoundArguments ({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})>"


class Signature:
    """The parameters of a callable, in their order, and what it returns."""

    __slots__ = ("_return_annotation", "_parameters")

    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        found = OrderedDict()
        highest, optional = _POSITIONAL_ONLY, False
        for parameter in parameters or ():
            if __validate_parameters__:
                kind, name = parameter.kind, parameter.name
                if kind < highest:
                    raise ValueError(f"wrong parameter order: {highest.description} parameter before {kind.description} parameter")
                if kind > highest and kind in (_VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD):
                    optional = False
                highest = kind
                if kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                    if parameter.default is not _empty:
                        optional = True
                    elif optional:
                        raise ValueError("non-default argument follows default argument")
                if name in found:
                    raise ValueError(f"duplicate parameter name: {name!r}")
            found[parameter.name] = parameter
        self._parameters = types.MappingProxyType(found)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature_of(obj, cls, follow_wrapped, globals, locals, eval_str)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        return type(self)(self.parameters.values() if parameters is _void else parameters,
                          return_annotation=self._return_annotation if return_annotation is _void else return_annotation)

    def _parts(self):
        ordered = tuple(each for each in self.parameters.values() if each.kind is not _KEYWORD_ONLY)
        return ordered, {each.name: each for each in self.parameters.values() if each.kind is _KEYWORD_ONLY}, self._return_annotation

    def __hash__(self):
        ordered, by_name, returned = self._parts()
        return hash((ordered, frozenset(by_name.values()), returned))

    def __eq__(self, other):
        if self is other:
            return True
        return self._parts() == other._parts() if isinstance(other, Signature) else NotImplemented

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def bind(self, /, *args, **kwargs):
        """Which argument goes to which parameter; a TypeError if they don't fit."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, partial=True)

    def _bind(self, args, kwargs, *, partial=False):
        arguments, positional, rest = {}, list(args)[::-1], dict(kwargs)
        has_keywords = any(each.kind is _VAR_KEYWORD for each in self.parameters.values())
        seen_var = False
        for name, parameter in self.parameters.items():
            kind = parameter.kind
            if kind is _VAR_POSITIONAL:
                if positional:
                    arguments[name] = tuple(positional[::-1])
                    positional = []
            elif kind is _VAR_KEYWORD:
                continue
            elif positional and kind is not _KEYWORD_ONLY:
                if name in rest and kind is not _POSITIONAL_ONLY:
                    raise TypeError(f"multiple values for argument {name!r}")
                arguments[name] = positional.pop()
            elif positional and kind is _KEYWORD_ONLY:
                raise TypeError("too many positional arguments")
            elif name in rest and kind is not _POSITIONAL_ONLY:
                arguments[name] = rest.pop(name)
            elif name in rest and not has_keywords:
                raise TypeError(f"{name!r} parameter is positional only, but was passed as a keyword")
            elif not partial and parameter.default is _empty:
                raise TypeError(f"missing a required argument: {name!r}")
        if positional:
            raise TypeError("too many positional arguments")
        if rest:
            for name, parameter in self.parameters.items():
                if parameter.kind is _VAR_KEYWORD:
                    arguments[name] = rest
                    break
            else:
                raise TypeError(f"got an unexpected keyword argument {next(iter(rest))!r}")
        return self._bound_arguments_cls(self, arguments)

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        shown, slash_due, star_due = [], False, True
        for parameter in self.parameters.values():
            kind = parameter.kind
            if kind is _POSITIONAL_ONLY:
                slash_due = True
            elif slash_due:
                shown.append("/")
                slash_due = False
            if kind is _VAR_POSITIONAL:
                star_due = False
            elif kind is _KEYWORD_ONLY and star_due:
                shown.append("*")
                star_due = False
            shown.append(str(parameter))
        if slash_due:
            shown.append("/")
        text = f"({', '.join(shown)})"
        if self._return_annotation is not _empty:
            text += f" -> {formatannotation(self._return_annotation)}"
        return text


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The signature of a callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped, globals=globals, locals=locals, eval_str=eval_str)


def _without_first(sig):
    """What is left to give once the object is bound."""
    parameters = list(sig.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind is not _VAR_POSITIONAL:
        parameters = parameters[1:]
    return sig.replace(parameters=parameters)


def _signature_of(obj, cls, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    def again(other):
        return _signature_of(other, cls, follow_wrapped, globals, locals, eval_str)

    if not callable(obj):
        raise TypeError(f"{obj!r} is not a callable object")
    if isinstance(obj, types.MethodType):
        return _without_first(again(obj.__func__))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda each: hasattr(each, "__signature__") or isinstance(each, types.MethodType))
        if isinstance(obj, types.MethodType):
            return again(obj)
    given = getattr(obj, "__signature__", None)
    if given is not None:
        if not isinstance(given, Signature):
            raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
        return given
    if isinstance(obj, types.FunctionType) or _looks_like_function(obj):
        return _of_function(cls, obj, globals, locals, eval_str)
    if isinstance(obj, (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType,
                        types.ClassMethodDescriptorType)):
        return _of_builtin(cls, obj)
    if isinstance(obj, functools.partial):
        return _of_partial(again(obj.func), obj)
    if isinstance(obj, functools.partialmethod):
        return _of_partial(again(obj.func), functools.partial(obj.func, *obj.args, **obj.keywords))
    if isinstance(obj, (staticmethod, classmethod)):
        return again(obj.__func__)
    if isinstance(obj, type):
        return _of_class(cls, obj, again)
    call = _of_type(type(obj), "__call__")
    if call is not None and not isinstance(obj, (types.WrapperDescriptorType, types.BuiltinFunctionType)):
        try:
            return _without_first(again(call))
        except ValueError:
            raise ValueError(f"no signature found for {obj!r}") from None
    raise ValueError(f"callable {obj!r} is not supported by signature")


def _looks_like_function(obj):
    """Something made to pass as a function."""
    if not callable(obj) or isclass(obj):
        return False
    return (isinstance(getattr(obj, "__name__", None), str) and isinstance(getattr(obj, "__code__", None), types.CodeType)
            and isinstance(getattr(obj, "__defaults__", _void), (tuple, type(None)))
            and isinstance(getattr(obj, "__kwdefaults__", _void), (dict, type(None))))


def _of_type(kind, name):
    """A method that is written in Python (or anything that the class itself has)."""
    found = getattr(kind, name, None)
    return None if found is None or isinstance(found, (types.WrapperDescriptorType, types.MethodWrapperType,
                                                       types.ClassMethodDescriptorType, types.BuiltinFunctionType)) else found


def _of_class(cls, obj, again):
    call = _of_type(type(obj), "__call__")
    if call is not None:
        return _without_first(again(call))
    # __new__ and __init__: the one that the nearest class defines.
    for base in obj.__mro__:
        new, init = base.__dict__.get("__new__"), base.__dict__.get("__init__")
        if base is object:
            break
        if isinstance(new, staticmethod):
            new = new.__func__
        if new is not None and not isinstance(new, types.BuiltinFunctionType):
            return _without_first(again(new))
        if init is not None and not isinstance(init, types.WrapperDescriptorType):
            return _without_first(again(init))
        text = getattr(base, "__text_signature__", None)
        if text:
            return _of_text(cls, text, obj)
        if new is not None or init is not None:
            raise ValueError(f"no signature found for builtin type {obj!r}")
    if type not in obj.__mro__:
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return cls()
        raise ValueError(f"no signature found for builtin type {obj!r}")
    raise ValueError(f"no signature found for builtin {obj!r}")


def _of_function(cls, func, globals=None, locals=None, eval_str=False):
    code = func.__code__
    names = code.co_varnames
    count, only = code.co_argcount, code.co_posonlyargcount
    annotations = get_annotations(func, globals=globals, locals=locals, eval_str=eval_str)
    defaults, by_name = func.__defaults__ or (), func.__kwdefaults__ or {}
    parameters = []
    make = cls._parameter_cls

    def add(name, kind, default=_empty):
        parameters.append(make(name, annotation=annotations.get(name, _empty), kind=kind, default=default))

    for index in range(count):
        at = index - (count - len(defaults))
        add(names[index], _POSITIONAL_ONLY if index < only else _POSITIONAL_OR_KEYWORD, defaults[at] if at >= 0 else _empty)
    rest = count + code.co_kwonlyargcount
    if code.co_flags & CO_VARARGS:
        add(names[rest], _VAR_POSITIONAL)
    for name in names[count:rest]:
        add(name, _KEYWORD_ONLY, by_name.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[rest + bool(code.co_flags & CO_VARARGS)], _VAR_KEYWORD)
    return cls(parameters, return_annotation=annotations.get("return", _empty), __validate_parameters__=False)


def _of_builtin(cls, func):
    text = getattr(func, "__text_signature__", None)
    if not text:
        raise ValueError(f"no signature found for builtin {func!r}")
    return _of_text(cls, text, func)


def _of_text(cls, text, obj):
    """From the text that builtins have: `($self, key, default=None, /)`."""
    bound = getattr(obj, "__self__", None)
    inner = text.strip()[1:-1]
    parts, depth, quote, start = [], 0, "", 0
    for at, c in enumerate(inner):
        if quote:
            quote = "" if c == quote else quote
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and not depth:
            parts.append(inner[start:at].strip())
            start = at + 1
    parts.append(inner[start:].strip())
    parameters, kind = [], _POSITIONAL_OR_KEYWORD
    make = cls._parameter_cls
    for part in parts:
        if not part:
            continue
        if part == "/":
            parameters = [each.replace(kind=_POSITIONAL_ONLY) for each in parameters]
            continue
        if part == "*":
            kind = _KEYWORD_ONLY
            continue
        if part.startswith("$"):
            if bound is None or ismodule(bound):
                if ismodule(bound) or isclass(obj):
                    continue
            else:
                continue
            part = part[1:]
        elif isclass(obj) and not parameters and part in ("self", "cls"):
            continue
        name, equals, default = part.partition("=")
        if name.startswith("**"):
            parameters.append(make(name[2:], _VAR_KEYWORD))
        elif name.startswith("*"):
            parameters.append(make(name[1:], _VAR_POSITIONAL))
            kind = _KEYWORD_ONLY
        else:
            value = _empty
            if equals:
                module = sys.modules.get(getattr(obj, "__module__", None) or "builtins")
                try:
                    value = eval(default, vars(module) if module else {}, vars(builtins))
                except Exception:
                    raise ValueError(f"no signature found for builtin {obj!r}") from None
            parameters.append(make(name, kind, default=value))
    return cls(parameters, __validate_parameters__=False)


def _of_partial(sig, partial):
    """What is left of a signature when some arguments are given."""
    try:
        bound = sig.bind_partial(*partial.args, **(partial.keywords or {})).arguments
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    keywords = partial.keywords or {}
    parameters, by_name = [], False
    for name, parameter in sig.parameters.items():
        kind = parameter.kind
        if name in bound and kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD) and name not in keywords:
            continue
        if name in bound and kind in (_POSITIONAL_OR_KEYWORD, _KEYWORD_ONLY):
            by_name = by_name or kind is _POSITIONAL_OR_KEYWORD
            parameter = parameter.replace(default=keywords[name])
        if kind is _VAR_POSITIONAL and by_name:
            continue
        if by_name and kind is _POSITIONAL_OR_KEYWORD:
            parameter = parameter.replace(kind=_KEYWORD_ONLY)
        parameters.append(parameter)
    return sig.replace(parameters=parameters)


FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


def getfullargspec(func):
    """Names and defaults of the parameters; `self` of bound methods included."""
    try:
        sig = _signature_of(func.__func__ if ismethod(func) else func, Signature, follow_wrapped=False)
    except Exception as error:
        raise TypeError("unsupported callable") from error
    args, defaults, only, only_defaults, annotations = [], (), [], {}, {}
    if sig.return_annotation is not _empty:
        annotations["return"] = sig.return_annotation
    varargs = varkw = None
    for name, parameter in sig.parameters.items():
        if parameter.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(name)
            if parameter.default is not _empty:
                defaults += (parameter.default,)
        elif parameter.kind is _VAR_POSITIONAL:
            varargs = name
        elif parameter.kind is _KEYWORD_ONLY:
            only.append(name)
            if parameter.default is not _empty:
                only_defaults[name] = parameter.default
        else:
            varkw = name
        if parameter.annotation is not _empty:
            annotations[name] = parameter.annotation
    if isclass(func):
        args.insert(0, "self")
    return FullArgSpec(args, varargs, varkw, defaults or None, only, only_defaults or None, annotations)


def getcallargs(func, /, *positional, **named):
    """Which parameter would get which argument."""
    if ismethod(func):
        positional = (func.__self__, *positional)
        func = func.__func__
    sig = _of_function(Signature, func)
    title = f"{func.__name__}()"
    plain = [each for each in sig.parameters.values() if each.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD)]
    kinds = {each.kind for each in sig.parameters.values()}
    for parameter, _ in zip(plain, positional):
        if parameter.name in named:
            raise TypeError(f"{title} got multiple values for argument {parameter.name!r}")
    if _VAR_KEYWORD not in kinds:
        for name in named:
            if name not in sig.parameters:
                raise TypeError(f"{title} got an unexpected keyword argument {name!r}")
    if len(positional) > len(plain) and _VAR_POSITIONAL not in kinds:
        least = sum(each.default is _empty for each in plain)
        takes = f"from {least} to {len(plain)}" if least < len(plain) else f"{len(plain)}"
        given = len(positional)
        raise TypeError(f"{title} takes {takes} positional argument{'' if len(plain) == 1 else 's'} but {given} "
                        f"{'was' if given == 1 else 'were'} given")
    only = [each for each in sig.parameters.values() if each.kind is _KEYWORD_ONLY]
    for kind, wanted in ("positional", plain[len(positional):]), ("keyword-only", only):
        missing = [repr(each.name) for each in wanted if each.default is _empty and each.name not in named]
        if missing:
            listed = missing[0] if len(missing) == 1 else " and ".join(missing) if len(missing) == 2 else (
                f"{', '.join(missing[:-1])}, and {missing[-1]}")
            raise TypeError(f"{title} missing {len(missing)} required {kind} argument{'s' if len(missing) > 1 else ''}: {listed}")
    bound = sig.bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)
