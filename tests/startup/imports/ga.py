def __getattr__(n):
    if n == "dyn": return 5
    raise AttributeError(f"no {n}")
