import c1
