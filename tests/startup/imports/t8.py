from .pk import a
