import sys; print(sys.flags, sys.warnoptions)
