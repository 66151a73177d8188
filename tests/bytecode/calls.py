f(*a)
f(*a, b)
f(a, *b, c=1, **d)
f(**a)
f(a=1, **b, c=2)
f(a, b=1)
x.f(a, b=1)
x.f(*a)
f(**a, **b)
x.y.z(1)
import os, a.b.c as d, e.f
from . import g
from .. import h as i
from .j import *
os.getcwd()
os.path.join(1)
