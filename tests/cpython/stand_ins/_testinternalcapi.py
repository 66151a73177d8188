"""Stands in for CPython's module of that name as far as whole test files are skipped without it."""


def get_config():
    """How the interpreter was started."""
    return {"code_debug_ranges": 1}
