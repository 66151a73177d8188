x = 3
if x is 3: pass
assert (x, 'msg')
"\d"
exec("y = x is 'a'\nprint('in exec')")
try: compile("(1)(2)", "f", "exec")
except SyntaxError as e: print(e)
eval("1 is 1")
def f():
    return [1] [2,3]
