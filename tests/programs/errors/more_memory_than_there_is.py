"""a terabyte at once is a MemoryError"""

import sys


class Out:
    def write(self, text):
        sys.stdout.write(text.replace(__file__, "FILE"))

    def flush(self):
        pass


sys.stderr = Out()

# things where Python succeeds only with memory
def t(s):
    try:
        r=eval(s); print(s,'ok',type(r))
    except BaseException as e: print(s,type(e).__name__,e)
t("'a'*10**12"); t("[0]*10**12"); t("bytes(10**12)"); t("bytearray(10**12)"); t("(0,)*10**12"); t("b'ab'*10**12"); t("'%1000000000000d'%1"); t("'a'.ljust(10**12)"); t("'é'*10**12"); t("'a'.zfill(10**12)");t("'{:1000000000000}'.format(1)"); t("f'{1:1000000000000}'"); t("format('','1000000000000')"); t("list(range(10**13))"); t("tuple(range(10**13))") ; 
t("'\\t'.expandtabs(10**12)"); t("[0]*10**11*10"); t("bytes(10**11)*10"); t("b'a'.center(10**12)"); t("[[]]*10**12"); t("1<<10**14"); t("'a'.join(['b'*1000])*10**10"); t("[1,2]*(10**12)"); t("memoryview(bytes(10**12))"); t("'%.1000000000000d'%1"); t("'%1000000000000s'%1"); t("b'%1000000000000d'%1"); t("'%*s'%(10**12,1)")
