import warnings
warnings.simplefilter('error')
try: exec("x is 1")
except SyntaxError as e: print(type(e), e.msg, e.lineno, e.filename)
try: eval("'\\d'")
except SyntaxError as e: print(type(e), e.msg, e.lineno)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always')
    compile("'\\d'; x is 1", 'fn', 'exec')
print([(str(x.message), x.filename, x.lineno) for x in w])
