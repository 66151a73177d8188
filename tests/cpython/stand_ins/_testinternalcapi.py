"""Stands in for CPython's module of that name as far as whole test files are skipped without it."""

import sys

SIZEOF_PYGC_HEAD = 16
SIZEOF_TIME_T = 8


def get_config():
    """How the interpreter was started."""
    return {"code_debug_ranges": 1}


def get_recursion_depth():
    """How many calls deep the caller is."""
    frame, depth = sys._getframe(1), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1
    return depth
