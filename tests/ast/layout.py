if a:
	b
	if c:
	    d

  # comment
	e
if f: \
  g
if h:
  i \
 + j
k = (
1,
# c

  2)
l