def square(x):
    return x * x

def gen():
    yield 1
    yield 3

total = 0
for n in gen():
    total += square(n)
    print("n is", n)
xs = [total]
