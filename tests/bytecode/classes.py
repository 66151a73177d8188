class A:
    __x = 1
    def __f(self, __a, *, __b=1): global __c; __c = self.__x; import __d.e; from __g import __h; super().__init__(); __class__; return lambda: __a
    class __B: __y: int = 2
    x: int
    (y): str = 2
    self.z: foo = 3
    w[1:2, a]: bar
