"""binascii and base64: codings, padding, strictness, messages."""
def t(f,*a):
    try: print(f.__name__,a,repr(f(*a)))
    except BaseException as e: print(f.__name__,a,type(e).__name__,e)
import binascii
for f,a in [(binascii.a2b_base64,'YQ'),(binascii.a2b_base64,'Y'),(binascii.a2b_base64,b'YQ=='),(binascii.a2b_base64,'Y Q = ='),(binascii.a2b_base64,'é'),(binascii.a2b_base64,3),(binascii.unhexlify,'abc'),(binascii.unhexlify,'zz'),(binascii.hexlify,'a'),(binascii.b2a_base64,'a'),(binascii.a2b_base64,'YQ==YQ=='),(binascii.a2b_base64,'YWJj='),(binascii.a2b_base64,'YWJjZ==='),(binascii.a2b_base64,'='),(binascii.a2b_base64,'YW=')]: t(f,a)
for a in ['YQ','Y','YQ==','Y Q = =','YQ==YQ==','YWJj=','=','YWJjZ===','YW=J','YQ=a','=YQ','YQ=','Y===','YWJj===','a=b=','']:
    try: print(a,binascii.a2b_base64(a,strict_mode=True))
    except Exception as e: print(a,type(e).__name__,e)
t(binascii.crc32,b'abc');t(binascii.crc32,b'abc',5);t(binascii.crc_hqx,b'abc',0);print(binascii.hexlify(b'abcdef',':'),binascii.hexlify(b'abcdef',':',2),binascii.hexlify(b'abcde','-',-2))
t(binascii.b2a_uu,b'abc');t(binascii.a2b_uu,b'#86)C\n');t(binascii.b2a_qp,b'a=b\n c \n');t(binascii.a2b_qp,b'a=3Db=\nc');print(binascii.b2a_qp(b'a b_c ',header=True,quotetabs=True),binascii.Error.__mro__,binascii.Incomplete.__mro__)
t(binascii.b2a_uu,bytes(46));t(binascii.a2b_uu,b'#zzz')

import base64
def u(s):
    try: print(s, repr(eval(s)))
    except Exception as e: print(s,type(e).__name__,e)
data=bytes(range(250,256))+b'hello world'+bytes(5)
for f in ['b64encode','urlsafe_b64encode','standard_b64encode','b32encode','b32hexencode','b16encode','b85encode','a85encode','encodebytes']:
    e=getattr(base64,f)(data); print(f,e)
    for n in range(9): assert getattr(base64,f.replace('encode','decode'))(getattr(base64,f)(data[:n]))==data[:n]
for s in ["base64.b64decode('YQ==YQ')","base64.b64decode('Y!Q==',validate=True)","base64.b64decode(b'__8=',altchars=b'-_')","base64.b64encode('a')","base64.b32decode('ME======')","base64.b32decode('me======')","base64.b32decode('me======',casefold=True)","base64.b32decode('A')","base64.b16decode('4a')","base64.b16decode('4a',casefold=True)","base64.b85decode(b'|||||')","base64.b85decode(b'a b')","base64.a85encode(bytes(4)+b'    ',foldspaces=True)","base64.a85encode(data,adobe=True,wrapcol=10)","base64.a85decode(b'<~87cUR~>',adobe=True)","base64.a85decode(b'v')","base64.a85decode(b'87cUR')","base64.b64decode(3)","base64.b32decode('M1======',map01='L')","base64.encodebytes(bytes(100))","base64.b85encode(b'ab',pad=True)","base64.a85decode(b'z y',foldspaces=True)"]: u(s)
