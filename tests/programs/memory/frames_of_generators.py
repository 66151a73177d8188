# A generator that never ran dies with its frame object, alone, in a cycle, and before a frame object that is still held.
import gc


def numbers():
    yield 1


for is_kept in (False, True):
    generator = numbers()
    frame = generator.gi_frame
    print(frame is generator.gi_frame, frame.f_code.co_name)
    cycle = [generator]
    cycle.append(cycle)
    if not is_kept:
        del frame
    del generator, cycle
    print(gc.collect())
print(frame.f_locals, frame.f_lineno)
generator = numbers()
generator.gi_frame
