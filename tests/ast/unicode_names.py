é = ﬁx = 'ª'
def ñandú(ªº, µ): return ªº.ﬀ + µ
class Ω: 变量: int = 1
x = é .é ; y = "é", é  # é
