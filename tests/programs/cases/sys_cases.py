# sys: the interpreter about itself.
import sys


def depth():
    return sys._getframe().f_code.co_name, sys._getframe(1).f_code.co_name


def handled():
    try:
        raise KeyError("k")
    except KeyError:
        return sys.exc_info()[0], sys.exception() if hasattr(sys, "exception") else sys.exc_info()[1]


for text in r'''
sys.version_info[:2], sys.version_info.major, sys.hexversion >> 16, sys.implementation.name
sys.maxsize, sys.maxunicode, sys.byteorder, sys.int_info, sys.float_info.dig
sys.getrecursionlimit(), sys.setrecursionlimit(500), sys.getrecursionlimit()
sys.setrecursionlimit(0)
depth()
sys._getframe(99)
handled(), sys.exc_info()
sys.getsizeof(0), sys.getsizeof([]), sys.getsizeof(""), sys.getsizeof(()), sys.getsizeof({})
sys.intern("a" + "b") is sys.intern("ab"), sys.getrefcount(object())
sys.intern(5)
sys.argv, sys.flags.optimize, sys.flags.utf8_mode, sys.dont_write_bytecode
sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.stdout.encoding, sys.stderr.errors
"json" in sys.stdlib_module_names, "sys" in sys.builtin_module_names, sys.modules["sys"] is sys
sys.displayhook(None), sys.displayhook(3), sys.getswitchinterval()
sys.set_int_max_str_digits(1)
sys.get_int_max_str_digits(), sys.float_repr_style, sys.platform, sys.hash_info.modulus
sys.is_finalizing(), sys.gettrace(), sys.getprofile(), sys.getallocatedblocks() > 0
sys.exit("not printed")
sys.call_tracing(len, ("abc",)), sys.audit("an.event", 1)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
