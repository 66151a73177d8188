import warnings
def show(message, category, filename, lineno, file=None, line=None): print('SHOW', message, category.__name__, lineno)
warnings.showwarning = show
warnings.warn('hello')
exec(compile("x is 1", "<str>", "exec"), {'x':2})
warnings.showwarning = warnings._showwarning_orig
warnings.formatwarning = lambda m,c,f,l,line=None: f'[{c.__name__}] {m}\n'
warnings.warn('fmt')
