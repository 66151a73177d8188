y = 2; print('sub', __name__, __path__ == [__file__.rpartition('/')[0]])
