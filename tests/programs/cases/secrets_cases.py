# secrets: numbers that nobody can guess; their kinds and sizes.
import secrets


for text in r'''
len(secrets.token_bytes()), len(secrets.token_bytes(5)), type(secrets.token_bytes(1))
len(secrets.token_hex(5)), set(secrets.token_hex(40)) <= set("0123456789abcdef")
len(secrets.token_urlsafe(12)), len(secrets.token_urlsafe(0))
all(0 <= secrets.randbelow(3) < 3 for _ in range(20)), secrets.randbelow(1)
secrets.randbelow(0)
secrets.randbelow(-2)
0 <= secrets.randbits(7) < 128, secrets.randbits(0)
secrets.choice("a"), secrets.choice([1, 2]) in (1, 2)
secrets.choice([])
secrets.compare_digest("abc", "abc"), secrets.compare_digest(b"abc", b"abd"), secrets.compare_digest("a", "ab")
secrets.compare_digest("a", b"a")
secrets.compare_digest("é", "e")
secrets.DEFAULT_ENTROPY, sorted(secrets.__all__)
secrets.token_bytes("5")
type(secrets.SystemRandom()).__mro__[1].__name__
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
