"\d"
import warnings
warnings.warn("d",DeprecationWarning)
print(warnings.filters[:2])
