# textwrap: filling, shortening, indentation
import textwrap

text = "Hello there -- you goof-ball, use the -b option!  It's a well-known e-mail, and 2-succinyl-6-hydroxy acids.\tTabs too."
for width in (8, 12, 20, 33, 80):
    print(textwrap.wrap(text, width))
for options in [dict(initial_indent="* ", subsequent_indent="  "), dict(break_on_hyphens=False), dict(break_long_words=False, width=6), dict(drop_whitespace=False),
                dict(max_lines=2), dict(max_lines=1, placeholder="…"), dict(expand_tabs=False), dict(replace_whitespace=False), dict(fix_sentence_endings=True), dict(tabsize=2)]:
    options.setdefault("width", 24)
    print(options, textwrap.wrap(text, **options))
print(textwrap.fill("a b c " * 10, 11))
print(repr(textwrap.shorten("  Hello   world, how are you?  ", 20)), repr(textwrap.shorten("Hello", 10)), repr(textwrap.shorten("Hello world", 7, placeholder="..")))
print(repr(textwrap.dedent("    a\n      b\n\n    c\n")), repr(textwrap.dedent("\ta\n  b")), repr(textwrap.dedent("  \n a\n  \t\n b")), repr(textwrap.dedent("")))
print(repr(textwrap.indent("a\n\n b\n", "> ")), repr(textwrap.indent("a\n\nb", "> ", lambda line: True)))
for call in [lambda: textwrap.wrap("a", 0), lambda: textwrap.wrap("abc", 3, max_lines=1, placeholder="......"), lambda: textwrap.wrap(1)]:
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)
wrapper = textwrap.TextWrapper(width=10)
print(wrapper.wrap("one two three"), wrapper.width, wrapper.fill("x" * 25), sorted(vars(wrapper)))
print(textwrap.wrap("é-è word—dash a\u00a0b c", 6), textwrap.wrap(""), textwrap.wrap("   "))
