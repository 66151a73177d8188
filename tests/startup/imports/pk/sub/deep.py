from ..b import x2; from .. import sub; print('deep', x2, sub)
