# uuid: identifiers, and what they are made of.
import uuid

one = uuid.UUID("12345678-1234-5678-1234-567812345678")


for text in r'''
one, str(one), one.hex, one.int
one.urn, one.bytes, one.bytes_le
one.fields, one.time_low, one.time_mid, one.clock_seq, one.node
one.variant, one.version, uuid.UUID(int=0).variant
uuid.UUID("{12345678123456781234567812345678}") == one, uuid.UUID("urn:uuid:" + str(one)) == one
uuid.UUID(bytes=one.bytes) == one, uuid.UUID(bytes_le=one.bytes_le) == one, uuid.UUID(fields=one.fields) == one
uuid.UUID("short")
uuid.UUID()
uuid.UUID(bytes=b"x")
uuid.UUID(int=-1)
uuid.UUID(int=1 << 128)
uuid.UUID(int=1, version=9)
uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_DNS, "python.org")
uuid.uuid5(uuid.NAMESPACE_URL, "http://python.org/").version, uuid.uuid4().version, uuid.uuid1(5, 6).node, uuid.uuid1(5, 6).clock_seq
sorted([uuid.UUID(int=2), uuid.UUID(int=1)]), uuid.UUID(int=1) < uuid.UUID(int=2), hash(one) == hash(uuid.UUID(str(one)))
uuid.UUID(int=1) < 5
setattr(one, "int", 5)
uuid.NAMESPACE_X500, uuid.RESERVED_NCS, uuid.RFC_4122, uuid.SafeUUID.unknown, one.is_safe
uuid.UUID(int=5, version=4)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
