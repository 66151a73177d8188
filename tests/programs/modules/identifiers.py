"""uuid and secrets: forms, fields, names, order, messages."""
import copy, secrets, uuid
def t(s):
    try: print(s, '->', repr(eval(s)))
    except Exception as e: print(s, '->', type(e).__name__, e)
u = uuid.UUID('12345678-1234-5678-1234-567812345678')
for s in ["u","str(u)","u.hex","u.int","u.bytes","u.bytes_le","u.fields","u.urn","u.variant","u.version","u.time","u.clock_seq","u.node","u.time_low","u == uuid.UUID(int=u.int)","u < uuid.UUID(int=u.int+1)","hash(u) == hash(u.int)","int(u)","uuid.UUID(bytes=b'a'*16)","uuid.UUID(bytes_le=b'a'*16)","uuid.UUID(fields=(1,2,3,4,5,6))","uuid.UUID('{urn:uuid:12345678123456781234567812345678}')","uuid.UUID('x')","uuid.UUID()","uuid.UUID(int=-1)","uuid.UUID(fields=(1,2,3,4,5))","uuid.UUID(fields=(1<<32,2,3,4,5,6))","uuid.UUID(int=5,version=9)","uuid.UUID(int=5,version=4)","uuid.uuid3(uuid.NAMESPACE_DNS,'python.org')","uuid.uuid5(uuid.NAMESPACE_DNS,'python.org')","uuid.NAMESPACE_URL","uuid.NAMESPACE_X500","setattr(u,'int',3)","u < 3","uuid.uuid4().version","uuid.uuid1().version","uuid.uuid1(node=5,clock_seq=7).node","uuid.uuid4().variant","len(str(uuid.uuid4()))","u.is_safe","uuid.SafeUUID.safe","copy.deepcopy(u) == u","u.__getstate__()"]: t(s)
for s in ["len(secrets.token_bytes())","len(secrets.token_bytes(5))","len(secrets.token_hex(4))","len(secrets.token_urlsafe(16))","secrets.choice([7])","0 <= secrets.randbelow(10) < 10","secrets.randbelow(0)","secrets.compare_digest('a','a')","0 <= secrets.randbits(8) < 256","secrets.token_hex(0)","secrets.__all__"]: t(s)
