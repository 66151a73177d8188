def f(x):
    match x:
        case 1 | 2: a
        case [a, *_, b]: b
        case [a, b, *c]: c
        case {"x": y, **rest}: d
        case {1: _, -2: z}: e
        case Foo(a, b=c, d=_): f
        case (Foo(x=y) | Bar(z=y)) as w: g
        case [(a, b) | (b, a), c]: h
        case str() as s if s: i
        case None | True: j
        case "a" "b": k
        case 1 + 2j: l
        case a.b: m
        case []: n
        case [_, _]: o
        case [*_]: p
        case {}: q
        case [[a, b] | [b, [a]]] | {"z": (a, b)}: r
        case _: s
