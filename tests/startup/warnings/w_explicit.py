import warnings
reg={}
for i in range(2): warnings.warn_explicit('ex', UserWarning, 'other.py', 7, registry=reg)
print(len(reg))
warnings.warn_explicit('ex', DeprecationWarning, '__main__.py', 7, module='__main__')
