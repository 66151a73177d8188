def a():
    try: 1/0
    except ZeroDivisionError as e: raise KeyError('k') from e
try: a()
except KeyError:
    raise ValueError('v')
