raise KeyboardInterrupt("x")
