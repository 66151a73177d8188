# tokenize and token: every kind of token, and what is none.
import io
import keyword
import token
import tokenize

SOURCE = '''# comment
def f(a, *, b=1_000) -> int:
    """doc
    more"""
    x = [1,
         2]  # inner

    if x != 0x1F and y // 2 ** 3 or z:
\tpass
    return f"{a!r}" + rb'\\x' + 'it\\'s' \\
        + 1.5e-3j + .5 + 0o17 @ m <<= 2
\u00e9t\u00e9 = ...; a := b -> c
'''


def show(tokens):
    try:
        for each in tokens:
            print(tuple(each), token.tok_name[each.exact_type])
    except (tokenize.TokenError, IndentationError, SyntaxError) as e:
        print(type(e).__name__, e.args)


show(tokenize.generate_tokens(io.StringIO(SOURCE).readline))
for text in ["x = $ ? !", "'abc", "(1,\n", "'''a\nb", "  x\n y\n", "if 1:\n    a\n  b\n", "", "\n", "x", "# c", "x\\\ny", "0_1 1__2 0xg 1e",
             "a\n\n\n  # d\nb", "'a\\\nb'", "x = 'a\n", "@a.b\n", "1if 2else 3", "\\"]:
    print(repr(text))
    show(tokenize.generate_tokens(io.StringIO(text).readline))
for data in [b"x = 1\n", b"# coding: latin-1\nx = '\xe9'\n", b"\xef\xbb\xbfx\n", b"#!/bin/sh\n# -*- coding: utf8 -*-\n", b"x\n# coding: ascii\n",
             b"# coding: nope\n", b"\xef\xbb\xbf# coding: latin-1\n", b"\xff\n"]:
    try:
        print(tokenize.detect_encoding(io.BytesIO(data).readline))
        print([each.string for each in tokenize.tokenize(io.BytesIO(data).readline)])
    except SyntaxError as e:
        print("SyntaxError", e)
tokens = list(tokenize.generate_tokens(io.StringIO(SOURCE).readline))
print(tokenize.untokenize(tokens) == SOURCE, repr(tokenize.untokenize(each[:2] for each in tokens)))
print(tokenize.untokenize(tokenize.tokenize(io.BytesIO(b"a  =  1\n").readline)), tokens[1])
print(token.ISTERMINAL(1), token.ISNONTERMINAL(300), token.ISEOF(0), len(token.tok_name), token.EXACT_TOKEN_TYPES["**="], token.OP, token.N_TOKENS)
print(keyword.iskeyword("if"), keyword.iskeyword("match"), keyword.issoftkeyword("match"), len(keyword.kwlist))
