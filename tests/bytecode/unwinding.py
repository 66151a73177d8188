def f():
    while 1:
        try:
            with a, b as c:
                if x: return x
                if y: break
                continue
        except E as e:
            return e
        except (A, B):
            continue
        else:
            break
        finally:
            z
def g():
    try:
        return 1
    finally:
        for x in y:
            try: break
            finally: continue
