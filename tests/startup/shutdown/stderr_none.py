import sys
sys.stderr=None
1/0
