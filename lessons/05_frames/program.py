import sys
def leaf():
    f, names = sys._getframe(), []
    while f:
        names.append(f.f_code.co_name)
        f = f.f_back
    return names
def mid(n):
    return mid(n - 1) if n else leaf()
print(mid(2))
print(list(map(mid, [0]))[0])
