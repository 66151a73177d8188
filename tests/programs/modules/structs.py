"""struct: packing and unpacking in every order, sizes, ranges, messages."""
import struct
def t(f,*a):
    try: print(f.__name__,a,repr(f(*a)))
    except BaseException as e: print(f.__name__,a,type(e).__name__,e)
for p in '@=<>':
    for c in 'bBhHiIlLqQnNP':
        for v in (2**70,-2**70,-2**63-1,2**63,2**64,2**32,-1,256,-129,65536,1.5,'a'):
            try: print(struct.pack(p+c,v))
            except BaseException as e: print(p+c,v,type(e).__name__,e)
t(struct.pack,'c','a');t(struct.pack,'c',b'ab');t(struct.pack,'s','a');t(struct.pack,'p','a');t(struct.pack,'3s',b'abcd');t(struct.pack,'3p',b'abcd');t(struct.pack,'f',1e300);t(struct.pack,'<f',1e300);t(struct.pack,'e',1e300);t(struct.pack,'f','a');t(struct.pack,'<e',70000.0)
t(struct.pack,'2h',1);t(struct.pack);t(struct.pack,3);t(struct.pack,'k');t(struct.pack,'3');t(struct.pack,'h h',1,2);t(struct.calcsize,'bq');t(struct.calcsize,'<bq');t(struct.calcsize,'q0b');t(struct.calcsize,'b0q');t(struct.unpack,'h',b'a');t(struct.unpack,'h','a');t(struct.unpack_from,'h',b'abcd',3);t(struct.unpack_from,'h',b'abcd',-5);t(struct.unpack_from,'h',b'abcd',-1);t(struct.unpack_from,'h',b'abcd',-2)
b=bytearray(4)
t(struct.pack_into,'h',b,3,1);t(struct.pack_into,'h',b,-5,1);t(struct.pack_into,'h',b,-1,1);t(struct.pack_into,'h',b);t(struct.pack_into,'h');t(struct.pack_into,'h',b,0);t(struct.pack_into,'h',b'a',0,1);t(struct.pack_into,'h',b,0,1,2);t(struct.pack_into,'h',b,'a',1)
t(struct.iter_unpack,'h',b'abc');t(struct.iter_unpack,'',b'abc');print(list(struct.iter_unpack('h',b'abcd')));t(struct.Struct,'é');t(struct.Struct,3);t(struct.Struct,'99999999999999999999h');t(struct.calcsize,'9223372036854775807h')
s=struct.Struct('<hi'); print(s.format,s.size,type(s),type(s.iter_unpack(bytes(6))));t(s.pack,1);t(s.unpack,b'');t(s.unpack_from,b'abc');
t(struct.pack,'?',[]);t(struct.pack,'?',3);t(struct.unpack,'?',b'\x05');t(struct.unpack,'e',b'\x00<');t(struct.pack,'e',1.0);t(struct.pack,'>P',1);t(struct.pack,'<n',1);t(struct.pack,'0s',b'abc');t(struct.unpack,'3p',b'\x05abc'[:3]);t(struct.pack,'x');t(struct.pack,' 3x ');t(struct.pack,'\0')
