class D:
    def __del__(s): print('D', sorted(k for k in globals() if not k.startswith('__')))
d=D()
import gc
gc.freeze() if hasattr(gc,'freeze') else None
