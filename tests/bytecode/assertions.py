# Branches that hold nothing but a removed assertion leave traces of their own.
def t1f(a, b):
    if a:
        b()
    else:
        assert a
def t1g(a, b):
    if a:
        assert b
    b()
def t1h(a, b):
    if a is None:
        b(1)
    else:
        assert b
    b(2)
def t1k(a, b):
    if a is None:
        return 1
    else:
        assert b
    b(2)
def t1l(a):
    if a:
        assert a
def t1m(a):
    for x in a:
        assert x
def t1n(a):
    while a:
        a()
        assert a
def t3f(self, methods):
    for m in a:
        if m in b:
            method = 1
        elif c is not None:
            d = [None, None]
            if e:
                d[0] = 1
            if g:
                d[1] = 2
            t = tuple(d)
            if t != h:
                method = t
            elif i:
                try:
                    method = j()
                except k:
                    method = t
            else:
                method = t
        else:
            assert 0, "x"
        methods[m] = method
def t3f2(a,b):
    if a:
        if b: x=1
        else: x=2
    else:
        assert 0
    return x(1)
def t3f3(a,b,d):
    if a:
        x=1
        if b:
            assert d
    else:
        x=2
    if x:
        assert a
    if d:
        a(1)
def t3f4(a,b,d):
    if a:
        x=1
        if b: 
            assert d
        else:
            assert d
    else:
        x=2
    x(1)
def t3f5(a,b,d):
    if a:
        x(1)
        if b: 
            assert d
    else:
        assert b
    x(1)
def t3f6(a,b,d):
    if a:
        if b: 
            assert d
        else:
            x=1
    if d: return 1
def t3f7(a,b,d):
    if a:
        if b: 
            x=1
        else:
            assert d
    if d: return 1
def t3f8(a,b,d):
    if a:
        if b: 
            assert d
    elif d: 
        if b: assert d
    else: 
        if b: assert d
    if d: return 1
def t4f(a,b):
    if a:
        if b:
            x=1
        else:
            x=2
    else:
        assert 0
    return x(1)
def t4g(a,b):
    if a:
        if b:
            x=1
        else:
            try: x=3
            except k:
                x=2
    else:
        assert 0
    return x(1)
def t4h(a,b):
    if a:
        try: x=3
        except k:
            x=2
    else:
        assert 0
    return x(1)
def t4i(a,b):
    if a:
        if b:
            x=1
        elif 2:
            x=2
    else:
        assert 0
    return x(1)
def t4i2(a,b):
    if a:
        if b:
            x=1
        elif c: x=2
        else: x=3
    else:
        assert 0
    return x(1)
def t4i3(a,b):
    while b:
        if a: pass
        if a:
            if c: x=2
            else: x=3
        else:
            assert 0
    return x(1)
def t5p(a,b):
    if a:
        if b:
            x=1
        x=3
    else:
        assert 0
    return x(1)
def t5q(a,b):
    if a:
        if b:
            x=1
    else:
        assert 0
    x(1)
    return x(1)
def t5q2(a,b):
    if a:
        while b:
            x=1
    else:
        assert 0
    x(1)
    return x(1)
def t5q3(a,b):
    if a:
        for y in b:
            x=1
    else:
        assert 0
    x(1)
    return x(1)
def t5q4(a,b):
    if a:
        with b: x=1
    else:
        assert 0
    x(1)
    return x(1)
def t5q5(a,b):
    if a:
        x=1
        if b: x = 1
        else: x = 2
    else:
        assert 0
    x(1)
    return x(1)
def t5q6(a,b):
    if a:
        if b: x = 1
        else: x = 2
    else:
        assert 0
    x(1)
    x(1)
def t5q7(a,b):
    if a:
        if b: x = 1
        else: x = 2
    else:
        global y
    x(1)
    x(1)
def t5q8(a,b):
    for i in a:
      if a:
        if b: x = 1
        else: x = 2
      else:
        global y
def t5q9(a,b):
      if a:
        if b: x = 1
        else: x = 2
      else:
        global y
