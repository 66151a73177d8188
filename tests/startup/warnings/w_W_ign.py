x=1
x is 1
import warnings
warnings.warn("q"); warnings.warn("hello world")
