import warnings
warnings.warn("a")
