import sys
sys.exit(ValueError('q'))
