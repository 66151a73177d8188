NAMES = {122: "BINARY_OP", 3: "BINARY_OP_ADAPTIVE", 4: "BINARY_OP_ADD_FLOAT", 5: "BINARY_OP_ADD_INT"}
def add(a, b):
    return a + b
def op():
    return NAMES[add.__code__._co_code_adaptive[6]]
seen = []
for i in range(102):
    add(i, i) if i < 10 else add(1.5, 2.5)
    if not seen or seen[-1][1] != op():
        seen.append((i + 1, op()))
print(seen)
