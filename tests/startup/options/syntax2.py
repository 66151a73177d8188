def f():
  return
return 3
