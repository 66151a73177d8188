# getpass, html and shlex: small ones.
import getpass
import html
import os
import shlex

os.environ["LOGNAME"] = "ann"


for text in r'''
getpass.getuser(), issubclass(getpass.GetPassWarning, UserWarning)
getpass.getuser() == os.environ["LOGNAME"], sorted(getpass.__all__)
html.escape("<a href='x'>&\"</a>"), html.escape("'\"", quote=False)
html.unescape("&lt;&#62;&#x41;&eacute;&notit;&amp"), html.unescape("&#0;&#x110000;&nosuch;")
shlex.split("a 'b c' \"d\\\"e\" f\\ g"), shlex.split("a # b", comments=True), shlex.split("")
shlex.split("a 'b")
shlex.split("a \\")
shlex.quote("a b"), shlex.quote("it's"), shlex.quote(""), shlex.quote("safe-1.0/x")
shlex.join(["a b", "c"]), list(shlex.shlex("a=b; c", punctuation_chars=True)), list(shlex.shlex("x+y 'z'"))
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
