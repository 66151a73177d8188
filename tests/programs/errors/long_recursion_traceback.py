"""Lines that repeat in a traceback are folded."""

def count(n):
    if n == 0:
        raise ValueError("at the bottom")
    count(n - 1)
def ping(n): return pong(n - 1)
def pong(n):
    if n < 0: return [][n]
    return ping(n - 1)
try:
    ping(9)
except IndexError as error:
    print(error)
count(50)
