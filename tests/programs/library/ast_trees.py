# ast: parse, dump, walk, change and write trees.
import ast

SOURCE = '''
"""Doc."""
import os, sys as s
from . import x
from .a.b import *
@dec(1)
class C(B, metaclass=M):
    """Class doc."""
    x: int = 1
    y: "str"
    def f(self, a, /, b=2, *c, d, e=3, **g) -> int:
        "doc"
        global z
        nonlocal_ = 1
        return (yield a), *b
    async def g(self):
        async for i in x: await i
        async with a as b, c: pass
        return [i async for i in x if i if not i]
try:
    x = y = 1
    x += 1; del x, y[0]
except (A, B) as e:
    raise X from e
except* C: pass
'''.replace("except* C: pass\n", "") + '''
else: pass
finally: assert x, "m"
while x < 1 <= y != z is not None and not a in b or c not in d: break
else: continue_ = 1
for a, (b, *c) in d: pass
if a: 1
elif b: 2
else: 3
with (a): ...
match a:
    case 1 | "x": pass
    case [a, *_] if a > 1: pass
    case {"k": v, **rest}: pass
    case P(x, y=1) as q: pass
    case None: pass
    case -1+2j: pass
    case a.b: pass
    case _: pass
f = lambda x, *y, z=1: x if y else z
g = f"{a!r:>{w}} {b} {{}} {'q'}" + 'it\\'s' + "a\\nb" + b"\\x00" .decode()
h = {**a, 1: 2, "k": {1, 2}, (): []}
i = a[1:2, ::3, ...], a[b], a[b,], x.y.z(*p, k=1, **q)
j = -1 ** -2, (a + b) * c - d // e % f @ g << 1 >> 2 & 3 ^ 4 | ~5, not a, (a, ), (yield)
k = (n := 10), 1.5, 1e400, 2j, True, None, ..., "é" u"u"
l = {a: b for a, b in c}, {x for x in y}, (x for x in y)
print(*a, sep="") if a else None
'''
tree = ast.parse(SOURCE)
print(ast.dump(tree))
print(ast.dump(ast.parse("a.b[c] = f(x, y=1)"), indent=4))
print(ast.dump(ast.parse("x", mode="eval"), include_attributes=True), ast.dump(ast.parse("x"), annotate_fields=False))
text = ast.unparse(tree)
print(text)
assert ast.dump(ast.parse(text)) == ast.dump(tree)
print(sorted({type(node).__name__ for node in ast.walk(tree)}))
print(ast.get_docstring(tree), ast.get_docstring(tree.body[4]), ast.get_docstring(tree.body[4].body[3]))


class Names(ast.NodeVisitor):
    def __init__(self):
        self.found = []

    def visit_Name(self, node):
        self.found.append(node.id)

    def visit_FunctionDef(self, node):
        self.found.append("def " + node.name)
        self.generic_visit(node)


names = Names()
names.visit(tree)
print(names.found)


class Double(ast.NodeTransformer):
    def visit_Constant(self, node):
        return ast.copy_location(ast.Constant(node.value * 2), node) if isinstance(node.value, int) else node

    def visit_Pass(self, node):
        return None

    def visit_Expr(self, node):
        self.generic_visit(node)
        return [node, node]


changed = Double().visit(ast.parse("x = 1 + 2\npass\nf(3)"))
print(ast.unparse(changed))
scope = {"f": print}
exec(compile(ast.fix_missing_locations(changed), "x", "exec"), scope)
print(scope["x"])
made = ast.Module([ast.Assign([ast.Name("q", ast.Store())], ast.BinOp(ast.Constant(6), ast.Mult(), ast.Constant(7)))], [])
exec(compile(ast.fix_missing_locations(made), "x", "exec"), scope)
print(scope["q"], made.body[0].lineno, ast.dump(ast.increment_lineno(made, 4), include_attributes=True))


def t(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, str(e).split(" object at")[0])


for text in ["1", "[1, (2, 'a'), {3: None}]", "-1.5e3", "1+2j", "{1, 2}", "set()", "b'x'", " 1", "True", "...", "f()", "a", "1+1", "-'a'",
             "{**a}", "[", "1 + x", "-(-1)", "'a' 'b'", "+1", "{}", "()"]:
    t(ast.literal_eval, text)
source = "def f(a,\n      b):\n    return a + b\n"
node = ast.parse(source).body[0]
print(repr(ast.get_source_segment(source, node)), repr(ast.get_source_segment(source, node.body[0].value)),
      repr(ast.get_source_segment(source, node.args.args[1], padded=True)))
print(isinstance(ast.parse("1", mode="eval").body, ast.Num), isinstance(ast.parse("'a'", mode="eval").body, ast.Str), ast.Constant(5).n)
t(ast.parse, "a b")
t(ast.parse, "def f(:")
t(ast.dump, 3)
t(compile, ast.Module([ast.Return()], []), "x", "exec")
t(compile, ast.fix_missing_locations(ast.Module([ast.Return(ast.Constant(1))], [])), "x", "exec")
t(compile, ast.fix_missing_locations(ast.Expression(ast.Name("None", ast.Load()))), "x", "eval")
t(compile, ast.fix_missing_locations(ast.Module([ast.If(ast.Constant(1), [], [])], [])), "x", "exec")
t(compile, ast.fix_missing_locations(ast.Expression(ast.BoolOp(ast.And(), [ast.Constant(1)]))), "x", "eval")
t(compile, ast.fix_missing_locations(ast.Expression(ast.Constant([1]))), "x", "eval")
t(ast.get_docstring, ast.Pass())
print([name for name, value in ast.iter_fields(node)], [type(child).__name__ for child in ast.iter_child_nodes(node)])
print(ast.unparse(ast.Name("x")), ast.unparse(ast.arguments([], [ast.arg("a")], None, [], [], None, [])), ast.Load() == ast.Load())
