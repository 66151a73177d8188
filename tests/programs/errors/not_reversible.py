"""What cannot be reversed, though it has __getitem__."""
import types
for x in (list[int], types.MappingProxyType({1:2}), memoryview(b'ab'), 5, {1}, int|str, type):
    try: print(list(reversed(x)))
    except TypeError as e: print(e)
