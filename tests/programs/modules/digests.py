"""hashlib and hmac: every algorithm, BLAKE2 parameters, messages."""
import hashlib, hmac, io
def t(s):
    try: print(s, repr(eval(s)))
    except BaseException as e: print(s,type(e).__name__,e)
for s in ["hashlib.blake2b(digest_size=65)","hashlib.blake2b(digest_size=0)","hashlib.blake2b(key=b'a'*65)","hashlib.blake2b(salt=b'a'*17)","hashlib.blake2b(person=b'a'*17)","hashlib.blake2b(b'a',digest_size=5,key=b'k',salt=b's',person=b'p').hexdigest()","hashlib.blake2b('a')","hashlib.blake2b(3)","hashlib.blake2b(fanout=300)","hashlib.blake2b(depth=0)","hashlib.blake2b(b'',fanout=2,depth=2,leaf_size=4,node_offset=1,node_depth=1,inner_size=32,last_node=True).hexdigest()","hashlib.md5('a')","hashlib.md5(3)","hashlib.new('xx')","hashlib.new(3)","hashlib.shake_128(b'').hexdigest(5)","hashlib.shake_128(b'').hexdigest()","hashlib.__all__","hashlib.pbkdf2_hmac('sha256',b'pw',b'salt',3).hex()","hashlib.pbkdf2_hmac('sha256','pw',b'salt',3)","hashlib.sha256().name","hashlib.md5(b'',usedforsecurity=False).name","hashlib.md5().update('a')","hashlib.md5().copy().hexdigest()"]: t(s)

print(sorted(hashlib.algorithms_guaranteed))
for name in sorted(hashlib.algorithms_guaranteed):
    h = hashlib.new(name, b'The quick brown fox')
    h.update(b' jumps' * 50)
    size = (20,) if name.startswith('shake') else ()
    print(name, h.name, h.digest_size, h.block_size, h.hexdigest(*size), h.copy().digest(*size) == h.digest(*size))
print(hmac.new(b'key', b'message', 'sha256').hexdigest(), hmac.digest(b'k' * 200, b'm', 'md5').hex(), hmac.new(b'k', digestmod=hashlib.sha1).name)
print(hmac.compare_digest('a', 'a'), hmac.compare_digest(b'a', b'b'), hashlib.file_digest(io.BytesIO(b'abc'), 'sha1').hexdigest())
t("hmac.new('k', b'', 'md5')"); t("hmac.new(b'k', b'')"); t("hmac.compare_digest('a', b'a')")
