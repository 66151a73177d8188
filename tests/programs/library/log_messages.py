# logging: loggers, handlers, formatters, filters.
import logging, sys, io, warnings
out = io.StringIO()
logging.basicConfig(stream=out, level=logging.DEBUG, format="%(levelname)-8s|%(name)s|%(funcName)s|%(lineno)d|%(module)s|%(message)s")
log = logging.getLogger("a.b.c")
def f():
    log.debug("d %s", 1); log.info("i %(x)s %(y)d", {"x": "X", "y": 2}); log.warning("w"); log.error("e %s %s", 1, 2); log.critical("c")
    try: 1/0
    except ZeroDivisionError:
        log.exception("exc"); log.error("again", exc_info=True)
    log.log(25, "custom"); log.log(5, "no")
    log.info("with extra", extra={"k": 1}); log.info("stack", stacklevel=2)
f()
logging.info("root %s", "msg"); logging.warning("w"); logging.getLogger().error("r")
HERE = __file__.rsplit("/", 1)[0] + "/" if "/" in __file__ else "\0"
print(out.getvalue().replace(HERE, ""))
print(log, log.parent, log.parent.parent, log.getEffectiveLevel(), log.isEnabledFor(10), logging.getLogger("a").getChild("b"), logging.getLogger("a.b"), logging.root)
print(log.parent, log.hasHandlers(), log.handlers, logging.root.handlers, logging.getLogger("a.b.c") is log)
s2 = io.StringIO(); h = logging.StreamHandler(s2); h.setLevel("ERROR"); h.setFormatter(logging.Formatter("{levelname} {message} {q}", style="{", defaults={"q": "Q"}))
log.addHandler(h); log.propagate = False; log.warning("no"); log.error("yes"); log.error("yes", extra={"q": 3}); print(repr(s2.getvalue()), h)
log.removeHandler(h); log.propagate = True
class F(logging.Filter):
    def filter(self, r): return "secret" not in r.getMessage()
out.truncate(0); out.seek(0)
log.addFilter(F()); log.error("a secret"); log.error("plain"); log.setLevel(logging.ERROR); log.warning("hidden"); print(out.getvalue())
ad = logging.LoggerAdapter(logging.getLogger("ad"), {"conn": 7}); out.truncate(0); out.seek(0); ad.warning("adapted %d", 3); print(out.getvalue(), ad)
class P(logging.LoggerAdapter):
    def process(self, m, k): return f"[{self.extra['x']}] {m}", k
P(logging.getLogger("ad"), {"x": 1}).error("m"); print(out.getvalue())
logging.disable(logging.WARNING); log.error("e"); logging.warning("not"); logging.disable(logging.NOTSET); print(out.getvalue().split("\n")[-2])
logging.addLevelName(25, "NOTICE"); print(logging.getLevelName(25), logging.getLevelName("NOTICE"), logging.getLevelName(33), logging.getLevelName("X"))
for bad in (lambda: log.setLevel("NOPE"), lambda: log.setLevel(1.5), lambda: logging.Formatter("abc"), lambda: logging.Formatter("{x", style="{"), lambda: logging.Formatter("x", style="!"), lambda: logging.basicConfig(force=True, nope=1), lambda: logging.basicConfig(force=True, stream=out, filename="x"), lambda: log.log("x", "y"), lambda: logging.getLogger(3), lambda: log.error("x", extra={"message": 1}), lambda: logging.Handler().emit(None)):
    try: bad()
    except Exception as e: print(type(e).__name__, e)
logging.basicConfig(force=True, filename="/tmp/uncoil_test.log", filemode="w", format="%(message)s %(levelno)s", encoding="utf-8")
logging.warning("file é"); logging.shutdown(); print(open("/tmp/uncoil_test.log", encoding="utf-8").read())
r = logging.makeLogRecord({"msg": "hi %s", "args": ("you",), "levelname": "L", "created": 0.25, "msecs": 250.0})
fm = logging.Formatter("%(asctime)s %(message)s", "%Y"); print(fm.format(r), logging.Formatter("%(asctime)s").formatTime(r)[-4:], r, fm.usesTime())
logging.basicConfig(force=True, stream=out); out.truncate(0); out.seek(0)

out.truncate(0); out.seek(0)
logging.getLogger("z").warning("%s", [1, 2]); logging.warning("%d%%", 5); logging.warning({"a": 1}); print(out.getvalue())
sys.stderr = e = io.StringIO(); logging.warning("%d", "x"); sys.stderr = sys.__stderr__; t = e.getvalue().split("\n"); print(t[0], t[-4:], [l for l in t if "TypeError" in l])
n = logging.getLogger("n"); n.addHandler(logging.NullHandler()); print(n.handlers, logging.lastResort, logging.BASIC_FORMAT, logging.WARN)
lg = logging.getLogger("last"); logging.root.handlers.clear(); sys.stderr = e = io.StringIO(); lg.warning("lr"); lg.info("no"); sys.stderr = sys.__stderr__; print(repr(e.getvalue()))
