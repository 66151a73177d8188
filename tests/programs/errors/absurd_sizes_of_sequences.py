"""MemoryError, OverflowError and ValueError for sizes that cannot be"""

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
    "'a'*10**19",
    "'a'*-10**19",
    '[0]*10**19',
    '[0]*10**18',
    '[0]*2**62',
    '(0,)*10**18',
    '(0,)*2**62',
    "b'a'*10**19",
    "b'a'*(2**63-1)",
    "'a'*(2**63-1)",
    "'ab'*(2**63-1)",
    "'é'*(2**62)",
    "'日'*(2**62)",
    'bytes(10**19)',
    'bytearray(10**19)',
    'bytearray(2**63-1)',
    'bytes(-1)',
    'range(10**30)',
    'len(range(10**30))',
    'range(10**30)[10**29]',
    'len(range(2**63))',
    'len(range(2**63-1))',
    '1<<10**20',
    '1<<-1',
    '1>>10**20',
    '-1>>10**20',
    '0<<10**30',
    "'%1000000000000000000000d'%1",
    "'%.1000000000000000000000d'%1",
    "'%*d'%(10**20,1)",
    "'{:99999999999999999999}'.format(1)",
    "'{:.99999999999999999999}'.format(1.0)",
    "'{:.3000000000f}'.format(1.0)",
    "format(1,'10'+'0'*30)",
    "format(1.0,'.10000000000f')",
    "'a'.ljust(10**19)",
    "'a'.zfill(2**63-1)",
    "'a'.center(2**63-1)",
    "'a'.ljust(2**63-1)",
    "'a\\t'.expandtabs(2**63-1)",
    "'\\t\\t'.expandtabs(2**62)",
    "int('9'*5000)",
    "int('9'*4300)>0",
    "int('9'*4301)",
    'str(10**4300)',
    'len(str(10**4299))',
    'repr(10**5000)',
):
    t(s)
