import c3
c3.A
