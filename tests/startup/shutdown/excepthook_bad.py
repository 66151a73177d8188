import sys
def hook(t,v,tb): raise TypeError('in hook')
sys.excepthook=hook
1/0
