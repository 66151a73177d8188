import sys
class W:
    def write(s,t): sys.__stdout__.write('<'+t+'>'); return len(t)
    def flush(s): raise ValueError('noflush')
    def __repr__(s): return 'W!'
sys.stdout=W()
print('hi')
