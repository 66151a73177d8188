import c4
class A: pass
