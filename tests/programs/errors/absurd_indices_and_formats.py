"""huge indices, counts and widths"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

def t(s):
    try:
        r=eval(s)
        print(s[:60],'->',type(r).__name__, len(r) if hasattr(r,'__len__') and type(r) is not range else (r if len(repr(r))<50 else 'long'))
    except BaseException as e: print(s[:60],type(e).__name__,str(e)[:150])
for s in (
    '2**-10**20',
    '(-2)**10**3>0',
    '0**10**30',
    '1**10**30',
    '(-1)**(10**30+1)',
    '0.0**10**400',
    '10**400**0.5',
    'isinstance(10**10000,int)',
    '[1]*(10**30)',
    '()*10**30',
    "''*10**30",
    '[]*10**30',
    "10**30*''",
    "-10**30*'a'",
    '10**30*[]',
    'range(5)*3',
    "'abc'*2.0",
    "memoryview(b'a')[10**30]",
    'slice(10**30).indices(10**30)',
    'slice(10**30).indices(5)',
    'len(slice(1))',
    'bytes([10**30])',
    'bytes([256])',
    'bytearray().extend([10**30])',
    "'a'.encode()*2**63",
    "int('0'*5000)",
    "int('0'*5000+'1')",
    "int('0x'+'f'*5000,0)>0",
    "int('9'*5000,10)",
    "eval('1'*5000)",
    "float('1'*500)",
    '1e400',
    "int.from_bytes(b'\\xff'*3000,'big')>0",
    "str(int.from_bytes(b'\\xff'*3000,'big'))",
    '(10**5000).__repr__()',
    "(10**5000).__format__('d')",
    "(10**5000).__format__(',')",
    "(10**5000).__format__('x')[:4]",
    "'{:e}'.format(10**400)",
    "'%f'%10**400",
    "'%e'%(10**400)",
    "'%s'%(10**5000)",
    'print(10**5000)',
    'ascii(10**5000)',
    '[10**5000]',
    'repr([10**5000])',
    'str({10**5000:1})',
):
    t(s)
