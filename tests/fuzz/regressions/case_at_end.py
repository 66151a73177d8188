match x:
 case\
