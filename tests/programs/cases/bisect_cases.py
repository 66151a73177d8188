# bisect: places in sorted lists.
import bisect

marks = [10, 20, 20, 30]
people = [("Ann", 20), ("Bob", 30), ("Cid", 40)]


for text in r'''
bisect.bisect_left(marks, 20), bisect.bisect_right(marks, 20), bisect.bisect(marks, 20)
bisect.bisect(marks, 5), bisect.bisect(marks, 99), bisect.bisect([], 1)
bisect.bisect_left(marks, 20, 2), bisect.bisect_left(marks, 20, 0, 1)
bisect.bisect_left(marks, 20, -1)
bisect.insort(marks, 25), marks
bisect.insort_left(marks, 20), marks
bisect.insort_right(marks, 5, lo=1), marks
bisect.bisect(people, 30, key=lambda p: p[1])
bisect.insort(people, ("Dan", 35), key=lambda p: p[1]), people
bisect.bisect_left("aacc", "b")
bisect.bisect([1, 2], "a")
bisect.bisect(marks, 20, 0, 100)
bisect.bisect(5, 1)
["FDCBA"[bisect.bisect([60, 70, 80, 90], n)] for n in (33, 99, 77, 70, 89, 90, 100)]
bisect.insort is bisect.insort_right, bisect.bisect is bisect.bisect_right
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
