"""unicodedata and zlib: properties of characters, compression."""
import unicodedata as u, hashlib, zlib
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
for s in ["u.name('é')","u.name('\\n')","u.name('\\n','x')","u.name('ab')","u.name(3)","u.lookup('LATIN SMALL LETTER E WITH ACUTE')","u.lookup('foo')","u.category('A')","u.category('ab')","u.bidirectional('א')","u.combining('\\u0301')","u.mirrored('(')","u.east_asian_width('あ')","u.decimal('٣')","u.decimal('a')","u.decimal('a',7)","u.digit('²')","u.numeric('½')","u.numeric('x')","u.normalize('NFD','é')","u.normalize('NFX','é')","u.normalize('NFKC','ﬁ²')","u.is_normalized('NFC','e\\u0301')","u.unidata_version","u.decomposition('é')","u.decomposition('ﬁ')","u.decomposition('a')","u.decomposition('½')","u.decomposition('ǖ')","u.decomposition('Å')","u.decomposition('①')","u.decomposition('가')","u.normalize('NFC',3)","u.name('\\U0001f600')","u.lookup('GREEK SMALL LETTER ALPHA')","u.east_asian_width('a')","u.category('\\U000e0080')"]: t(s)
h=hashlib.sha256()
for i in range(0,0x110000):
    c=chr(i)
    h.update(repr((u.category(c),u.bidirectional(c),u.combining(c),u.mirrored(c),u.east_asian_width(c),u.decimal(c,None),u.digit(c,None),u.numeric(c,None))).encode())
    if i%0x4000==0x3fff or i==0x2fff: print(hex(i),h.hexdigest()[:12])
    if i == 0x3fff: break
for s in ["zlib.crc32(b'hello')","zlib.adler32(b'hello')","zlib.adler32(b'hello',5)","zlib.decompress(zlib.compress(b'hello'*100))==b'hello'*100","zlib.decompress(b'x\\x9c\\xcbH\\xcd\\xc9\\xc9\\x07\\x00\\x06,\\x02\\x15')","zlib.decompress(b'abc')","zlib.decompress(b'x\\x9c\\xcbH')","zlib.compress(b'a',10)","zlib.compress('a')","zlib.error.__mro__","zlib.decompress(zlib.compress(b'abc',wbits=-15),wbits=-15)","zlib.decompress(zlib.compress(b'abc',9,31),31)","zlib.MAX_WBITS","zlib.decompressobj().decompress(zlib.compress(b'q'*50))"]: t(s)
c=zlib.compressobj(); z=c.compress(b'abc'*1000)+c.compress(b'def')+c.flush(); print(zlib.decompress(z)==b'abc'*1000+b'def')
d=zlib.decompressobj(); out=b''.join(d.decompress(z[i:i+3]) for i in range(0,len(z),3))+d.flush(); print(len(out),d.eof,d.unused_data)
d=zlib.decompressobj(); print(d.decompress(z+b'tail',10)); rest=d.decompress(d.unconsumed_tail); print(len(rest),d.eof,d.unused_data)
