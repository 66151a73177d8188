import sys
class D:
    def __del__(s): sys.exit(3)
D()
print('still')
