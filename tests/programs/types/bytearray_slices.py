"""No bytes for an extended slice of a bytearray delete it."""

b = bytearray(b"abcdef")
b[1::2] = []
print(b)
b[::2] = b""
print(b)
c = bytearray(b"abcd")
try:
    c[::2] = b"x"
except ValueError as error:
    print(error)
