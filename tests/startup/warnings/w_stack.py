import warnings
def a(): b()
def b(): warnings.warn('deep', stacklevel=3)
a()
warnings.warn('toodeep', stacklevel=99)
class W:
    def __del__(s): warnings.warn('in del')
W()
