import sys
sys.path.insert(0, "/tmp")
sys.dont_write_bytecode = False
with open("/tmp/mod.py", "w") as file:
    file.write("print('executing', __name__)\nx = 1\n")
import mod
import mod as again
with open(mod.__cached__, "rb") as file: pyc = file.read()
print(again is mod, mod.__cached__.split("/")[-1], int.from_bytes(pyc[:2], "little"))
del sys.modules["mod"]
import mod as third
print(third is mod, third.x)
