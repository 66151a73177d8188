match a, *b:
    case 1 | -2.5 | 3 + 4j | -1 - 2j: pass
    case "a" "b" | b"c" | None | True: pass
    case _: pass
    case x if x := y: pass
    case a.b.c: pass
    case (x): pass
    case (x,) | [] | (): pass
    case [a, *_, b] as c: pass
    case a, *rest: pass
    case {"k": v, 1: _, a.b: c, None: d, **rest}: pass
    case {**rest}: pass
    case {}: pass
    case A() | b.C(x, y, k=v, w=z as n,): pass
    case (A(x) | B()) as whole: pass
match (a):
    case match: case
match = case = 1
match(x)
match[x]: int
match * x
match -x
case(y)
match x:
    case a: b;
