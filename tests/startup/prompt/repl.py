print("prog"); v=42
