def area(w, h):
    inner = w * h + w
    return 2 * inner
print(area(3, 4))
print(-area(1, 1) + 10)
