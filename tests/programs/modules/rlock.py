# _thread.RLock, random.SystemRandom, posix.urandom.
import _thread, functools, random, posix, time, reprlib, collections
print(functools.RLock is _thread.RLock, functools.namedtuple is collections.namedtuple, functools.recursive_repr is reprlib.recursive_repr)
r = _thread.RLock()
def show(): print(repr(r).split(" at 0x")[0].replace(str(_thread.get_ident()), "me"))
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
show(); t(r.release); print(r.acquire(), r._is_owned()); show(); r.acquire(blocking=False); show()
t(lambda: r.acquire(False, 1)); t(lambda: r.acquire(True, -2)); t(lambda: r.acquire("x", "y")); t(lambda: r.acquire(timeout=1))
state = r._release_save(); print(state[0], state[1] == _thread.get_ident()); show(); r._acquire_restore((2, _thread.get_ident())); show()
print(r.release(), r.release()); t(r.release); t(r._release_save); t(r.__enter__); t(lambda: r.__exit__(None, None, None)); show()
t(lambda: r._acquire_restore(3)); t(lambda: r.__exit__())
with r:
    show()
    with r: show()
show()
class L(_thread.RLock): pass
l = L(); l.x = 1; print(l.acquire(), l.x, repr(l)[:8])
import weakref; print(weakref.ref(r)() is r)
s = random.SystemRandom(5)
t(s.getstate); t(lambda: s.setstate(1)); t(s.seed); t(lambda: s.getrandbits(-1)); t(lambda: s.getrandbits(0)); t(lambda: s.randbytes(-1))
print(0 <= s.random() < 1, 0 <= s.randrange(10) < 10, s.getrandbits(9) < 512, len(s.randbytes(4)), s.choice([3]), sorted(s.sample(range(5), 5)))
t(lambda: posix.urandom(-1)); t(lambda: posix.urandom("a")); print(len(posix.urandom(5)), posix.urandom(0)); t(lambda: posix.urandom())
t(lambda: time.pthread_getcpuclockid()); t(lambda: time.pthread_getcpuclockid("a"))
clock = time.pthread_getcpuclockid(_thread.get_ident()); print(clock < 0, time.clock_gettime(clock) >= 0)
