def f():
    if 0: a = 1
    while 0: b
    while 1: c
    if 1: d
    else: e
    if not x and (y or z): return 1
    return x if y and z else (a or b) and c
    x = a if b else c if d else e
    if a < b < c: d
    if not a < b < c: d
    while a < b < c and d: e
    assert a < b < c
