"""sys.set_int_max_str_digits"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
print(sys.get_int_max_str_digits(),sys.int_info.default_max_str_digits)
t(lambda:sys.set_int_max_str_digits(639)); t(lambda:sys.set_int_max_str_digits(-1)); t(lambda:sys.set_int_max_str_digits('x')); t(lambda:sys.set_int_max_str_digits(10**30)); t(lambda:sys.set_int_max_str_digits()); t(lambda:sys.set_int_max_str_digits(maxdigits=5000))
print(sys.get_int_max_str_digits())
t(lambda:len(str(10**4999))); t(lambda:len(str(10**5000))); t(lambda: int('1'*5000)>0); t(lambda:int('1'*5001))
sys.set_int_max_str_digits(640)
t(lambda:len(str(10**639))); t(lambda:len(str(10**640))); t(lambda: int('1'*640)>0); t(lambda:int('1'*641))
sys.set_int_max_str_digits(0)
t(lambda:len(str(10**20000))); t(lambda: int('1'*20000)%97)
t(lambda:len(f'{3**20000}')); t(lambda:len('%d'%3**20000)); t(lambda:len('%d'%(3**20000)))
print(sys.flags.int_max_str_digits)
sys.set_int_max_str_digits(4300)
try: compile('x = '+'1'*5000,'f','exec')
except SyntaxError as e: print(e, e.lineno, e.offset)
try: compile('x = 0x'+'1'*5000,'f','exec'); print('ok')
except SyntaxError as e: print(e)
