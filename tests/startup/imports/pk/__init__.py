print('init', __name__)
x = 1
__all__ = ['a', 'sub']
