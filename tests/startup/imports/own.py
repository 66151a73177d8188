raise ImportError("own", name="nm", path="pp")
