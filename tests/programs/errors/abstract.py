"""Abstract classes."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

from abc import ABC, abstractmethod
class Shape(ABC):
    @abstractmethod
    def area(self): ...
    @property
    @abstractmethod
    def name(self): ...
class Half(Shape):
    def area(self): return 1
class Whole(Half):
    name = "whole"
attempt(Shape, Half, lambda: Whole().area(), lambda: Shape.area(5), lambda: issubclass(int, Shape), lambda: isinstance(5, Shape))
Shape.register(int)
print(isinstance(5, Shape), issubclass(bool, Shape))
attempt(lambda: Shape.register(5))
Shape()
