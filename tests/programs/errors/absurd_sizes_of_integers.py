"""limits of conversions between text and integers"""

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
    "'%d'%10**5000",
    "f'{10**5000}'",
    "'%x'%10**5000",
    'hex(10**5000)[:5]',
    "int('f'*5000,16)>0",
    "int('1'*5000,3)",
    "int('1'*4301,36)",
    "int(b'9'*5000)",
    "int(' '+'9'*5000+' ')",
    "int('1_'*2200+'1')",
    "int('1_'*4400+'1')",
    "float('9'*5000)",
    'float(10**400)',
    'int(1e308)>0',
    '10**400/1',
    '10**400/10**399',
    '10**400*1.0',
    '-10**400+0.0',
    "int('9'*5000+'x')",
    "int('x'+'9'*5000)",
    'complex(10**400)',
    'round(10**400,-399)',
    "(10**400).to_bytes(10,'big')",
    'divmod(10**400,0.0)',
    '10**400//0.0',
    '2.0**10000',
    '10.0**400',
    '1e308*10',
    "int(float('inf'))",
    "int(float('nan'))",
    'chr(2**70)',
    'chr(-1)',
    'chr(0x110000)',
    "ord('')",
    "'abc'[10**30]",
    "'abc'[:10**30]",
    '[1][10**30]',
    '[1][-10**30:]',
    "'abc'.find('a',10**30)",
    '[1].insert(10**30,1)',
    '[1].pop(10**30)',
    'list(range(10**30))',
    'tuple(range(2**63))',
    'sum([10**30])',
    'hash(10**30)',
    'pow(2,10**20,5)',
    'pow(2,-10**20)',
):
    t(s)
