"""random: the same sequences as CPython for a seed."""
import random
def show(*a): print(*a)
for s in (1, 42, 'hello', 3.5, b'xyz', -7, 10**30, 0, None and 1 or 99):
    random.seed(s)
    print([random.random() for _ in range(3)], random.randint(1, 6), random.randrange(0, 100, 7), random.choice('abcdef'), random.getrandbits(70), random.getrandbits(5))
random.seed(5)
l = list(range(10)); random.shuffle(l); print(l)
print(random.sample(range(100), 5), random.sample(range(1000), 30)[:5], random.sample([1, 2, 3], 3), random.sample(['a', 'b'], counts=[3, 2], k=3))
print(random.choices([1, 2, 3], k=5), random.choices('abc', weights=[1, 2, 3], k=4), random.choices('abc', cum_weights=[1, 2, 3], k=4))
print(random.uniform(1, 2), random.gauss(0, 1), random.gauss(0, 1), random.gauss(), random.normalvariate(0, 1), random.expovariate(1.5), random.triangular(0, 1, 0.3), random.betavariate(2, 3), random.gammavariate(2, 1), random.gammavariate(0.5, 1), random.gammavariate(1, 2), random.lognormvariate(0, 1), random.paretovariate(2), random.weibullvariate(1, 2), random.vonmisesvariate(0, 4))
print(random.randbytes(5))
r = random.Random(7)
print(r.random(), r.randint(1, 100)); st = r.getstate(); a = r.random(); r.setstate(st); print(a == r.random(), len(st), len(st[1]))
random.seed(); x = random.random(); print(0 <= x < 1)
for f in (lambda: random.randint(5, 1), lambda: random.randrange(0), lambda: random.choice([]), lambda: random.sample([1], 2), lambda: random.sample({1, 2}, 1), lambda: random.choices([1, 2], weights=[1]), lambda: random.seed([]), lambda: random.randrange(1, 5, 0), lambda: random.choices([1], weights=[0]), lambda: random.shuffle((1, 2)), lambda: random.getrandbits(-1)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
random.seed(0, version=1); print(random.random()); random.seed('abc', version=1); print(random.random())
