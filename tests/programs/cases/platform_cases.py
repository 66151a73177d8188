# platform: what is told of the interpreter.
import platform


for text in r'''
platform.python_version(), platform.python_version_tuple()
platform.python_implementation(), platform.system(), platform.architecture()[0]
platform.uname()._fields, platform.uname().system, len(platform.uname())
platform.uname() == platform.uname(), platform.uname()[0], list(platform.uname())[0]
platform.node() == platform.uname().node, platform.release() == platform.uname().release
platform.machine() == platform.uname().machine, platform.version() == platform.uname().version
platform.java_ver(), platform.win32_ver(), platform.mac_ver()
platform.system_alias("SunOS", "5.5", "x"), platform.system_alias("Linux", "1", "2")
type(platform.platform()), platform.platform().startswith("Linux"), platform.platform(terse=1).startswith("Linux")
platform.python_branch(), platform.python_revision(), isinstance(platform.python_compiler(), str)
len(platform.python_build()), platform.win32_is_iot(), platform.win32_edition()
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
