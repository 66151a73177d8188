import sys
def hook(t,v,tb): print('hook',t,v,tb.tb_lineno, sys.exc_info())
sys.excepthook=hook
def f(): raise ValueError('x')
f()
