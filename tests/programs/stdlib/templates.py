# string.Template with patterns of its own
import re
import string

def attempt(f, *args, **kwargs):
    try:
        print(repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, *(a.pattern if isinstance(a, re.Pattern) else a for a in e.args))

class Percent(string.Template):
    pattern = r"%(?:(?P<escaped>%)|(?P<named>[a-z]+)|\{(?P<braced>[a-z.]+)\}|(?P<invalid>))"

class Partial(string.Template):
    pattern = r"@(?P<named>[a-z]+)|(?P<other>!)|(?P<braced>\[x\])|(?P<invalid>&)|(?P<escaped>@@)"

class Flags(string.Template):
    flags = 0
    delimiter = "[*]"

class Missing(string.Template):
    pattern = r"\$(?P<named>\w+)"

for kind, text in [(Percent, "%a %{b.c} %% %"), (Percent, "%a%%"), (Partial, "@a ! &"), (Partial, "@a [x] @@ &"), (Flags, "[*]a [*]A [*]{b} [*][*]"), (Missing, "$a")]:
    t = kind(text)
    values = {"a": 1, "b": 2, "b.c": 3, "A": 4, "[x]": 5}
    attempt(t.substitute, values)
    attempt(t.safe_substitute, values)
    attempt(t.is_valid)
    attempt(t.get_identifiers)
print(string.Template.pattern.flags, string.Template.flags, string.Template.pattern.groupindex)
print(Percent.pattern.groups, Flags.pattern.flags)
try:
    class Broken(string.Template):
        pattern = "("
except re.error as e:
    print(e)
try:
    class Compiled(string.Template):
        pattern = re.compile("x")
except ValueError as e:
    print(e)
