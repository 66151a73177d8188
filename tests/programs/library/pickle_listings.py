# pickletools: listings, instructions, what optimize leaves out.
import io
import pickle
import pickletools


class Point:
    def __init__(self, x):
        self.x = x


shared = ['s']
VALUES = [None, 5, [1, 2, (3, 'a')], {'k': shared, 'l': shared}, {1}, frozenset([1]), Point(1), 2**70, 1.5, b'by', 'é', int, (1, 2, 3, 4), [],
          bytearray(b'x'), True]
for value in VALUES:
    for protocol in (0, 1, 2, 4, 5):
        data = pickle.dumps(value, protocol)
        pickletools.dis(data)
        print(pickletools.optimize(data))
out = io.StringIO()
pickletools.dis(pickle.dumps([1, [2]]), out, indentlevel=2)
print(out.getvalue())
print([(info.name, arg, at) for info, arg, at in pickletools.genops(pickle.dumps({'a': 1}, 2))])
loop = []
loop.append((loop,))
pickletools.dis(pickle.dumps(tuple(loop)[0], 2))
for data in (b'.', b'N', b'\xff.', b'(N.', b't.', b'NN.', b'h\x01.', b'Nq\x00q\x00.', b'q\x00.', b'(q\x00.', b'0.', b'(0N.', b'X\x05\0\0\0a.'):
    try:
        pickletools.dis(data)
    except ValueError as error:
        print(data, error)
print([(info.name, info.code, info.proto, info.arg and info.arg.name, info.stack_before, info.stack_after)
       for info in sorted(pickletools.opcodes, key=lambda info: info.code)])
