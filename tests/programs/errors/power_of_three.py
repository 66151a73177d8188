"""pow() of three operands, two of them from classes with reflected power only; bytes that cannot be that long."""
class C:
    def __rpow__(self, other, modulus=None): return "r"
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
t(lambda: pow(C(), 2, 3)); t(lambda: pow(2, C(), 3)); t(lambda: pow(2, 3, C())); t(lambda: pow(C(), C(), 3))
for size in (2**63 - 1, 2**63 - 33):
    t(lambda: b"x".ljust(size)); t(lambda: b"x".center(size)); t(lambda: b"x".rjust(size)); t(lambda: bytearray(b"x").ljust(size))
