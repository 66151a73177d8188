v = 'part of ' + __package__
if __name__ == '__main__':
    print('as a program')
    import sys
    sys.exit(3)
