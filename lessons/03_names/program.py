x = "global"
def outer():
    y = "cell"
    def inner(z):
        return x, y, z, len("abc")
    return inner("fast")
class K:
    x = "class"
    seen = x
print(outer(), K.seen)
