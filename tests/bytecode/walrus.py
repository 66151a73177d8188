if (a := 1) and (b := [c := 2, d]): pass
[x := 1 for y in z]
