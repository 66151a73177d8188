for x in [1, 2]: pass
for x in {1, 2}: pass
for x in [a, b]: pass
x in [1, 2, 1.0, True]
x not in {1, 2, 'a'}
x in [a]
x = [i for i in [1, 2] for j in [i] for k in (1,) if k]
a < b in [1, 2]
