import sys; print(sys.flags, sys.argv, sys.warnoptions, sys._xoptions, sys.dont_write_bytecode)
