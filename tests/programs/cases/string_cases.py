# string: constants, templates and a formatter.
import string


class Dotted(string.Template):
    idpattern = r"[a-z]+(?:\.[a-z]+)*"


class Percent(string.Template):
    delimiter = "%"


for text in r'''
string.ascii_lowercase, string.ascii_uppercase, string.ascii_letters == string.ascii_lowercase + string.ascii_uppercase
string.digits, string.hexdigits, string.octdigits, string.punctuation, string.whitespace
len(string.printable), string.capwords("the  QUICK fox"), string.capwords("a-b", "-")
string.Template("$who owes $$${amount}").substitute(who="Ann", amount=5)
string.Template("$a $b").substitute(a=1)
string.Template("$a $b").safe_substitute(a=1), string.Template("$a").substitute({"a": 1}, a=2)
string.Template("cost: $5\n $").substitute()
string.Template("x\ny $(z)").substitute()
string.Template("$a ${b} $$ $a").get_identifiers(), string.Template("$").is_valid(), string.Template("$a").is_valid()
Dotted("$a.b!").substitute({"a.b": 1}), Percent("%x $x").substitute(x=2)
string.Formatter().format("{0} {a!r:>5}", 1, a="x"), string.Formatter().vformat("{}{}", (1, 2), {})
string.Formatter().format("{} {0}", 1)
string.Formatter().format("{k}")
list(string.Formatter().parse("a{b!r:>{w}}c{{"))
string.Formatter().get_field("0.real", (5,), {}), string.Formatter().convert_field(5, "r")
string.Formatter().convert_field(5, "z")
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
