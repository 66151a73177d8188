"""Searching and inserting in sorted lists: `bisect_left([1, 3, 3], 3)` is 1, `bisect_right` 3."""

from _bisect import bisect, bisect_left, bisect_right, insort, insort_left, insort_right
