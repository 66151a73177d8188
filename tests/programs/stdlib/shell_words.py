# shlex: splitting, quoting, the reader's settings
import shlex

for text in ["a b c", "a 'b c' d", 'a "b \\"c\\" d"', "a\\ b c", "'it'\"'\"'s'", "x # comment\ny", "", "  ", "a\tb\nc", "''", '""x', "a'b'c", "\\a", '"\\a\\"\\\\"', "é ü", "--opt='a b' -x", "$HOME `x` a;b|c"]:
    print(repr(text), shlex.split(text), shlex.split(text, comments=True), shlex.split(text, posix=False))
for text in ["a b", "x=1 # y", "a.b-c", "f(1)", "\"q w\" e", "~/x"]:
    print(list(shlex.shlex(text)), list(shlex.shlex(text, posix=True)))
for text in ["'open", '"open', "a\\", "'a\\'"]:
    for posix in (True, False):
        try:
            print(repr(text), posix, shlex.split(text, posix=posix))
        except ValueError as e:
            print(repr(text), posix, e)
for marks in (True, "|", ";&"):
    print(list(shlex.shlex("a && b || c; d >'e f' (g|h) ~/x.*", posix=True, punctuation_chars=marks)))
s = shlex.shlex("a&&b c", punctuation_chars=True)
s.whitespace_split = True
print(list(s), s.punctuation_chars, s.lineno)
for text in ["", "abc", "a b", "it's", "$x", "a/b-c.d", "é", "a\nb", "x@y%z+=:,"]:
    print(repr(text), shlex.quote(text), shlex.split(shlex.quote(text)) == [text])
print(shlex.join(["echo", "-n", "Multiple words", "it's"]))
s = shlex.shlex("one two\nthree", infile="file.txt")
print(s.get_token(), s.lineno, s.error_leader(), s.error_leader("x", 3))
s.push_token("pushed")
print(s.get_token(), s.get_token(), s.lineno, list(s), repr(s.get_token()))
s = shlex.shlex("a + b", posix=True)
s.wordchars += "+"
print(list(s), s.eof, s.wordchars[:5])
s = shlex.shlex("x include y", posix=True)
s.push_source("in the middle", "other")
print(list(s), s.infile)
