class D:
    def __del__(s): print("del")
