# base64: bytes as text.
import base64
import io


for text in r'''
base64.b64encode(b"any carnal pleas"), base64.b64decode("YW55IGNhcm5hbCBwbGVhcw==")
base64.b64encode(b"\xfb\xff", altchars=b"-_"), base64.urlsafe_b64encode(b"\xfb\xff"), base64.urlsafe_b64decode("-_8=")
base64.b64encode("text")
base64.b64decode("YQ")
base64.b64decode("Y Q = =\n"), base64.b64decode("YQ==!", validate=False)
base64.b64decode("YQ==!", validate=True)
base64.b64decode("é")
base64.b64encode(b"x", altchars=b"-")
base64.standard_b64encode(b"ab"), base64.standard_b64decode(b"YWI=")
base64.b32encode(b"hello"), base64.b32decode("NBSWY3DP"), base64.b32decode("nbswy3dp", casefold=True)
base64.b32decode("nbswy3dp")
base64.b32decode("MLO23456", map01="L"), base64.b32decode("M1O23456", map01="I")
base64.b32hexencode(b"hello"), base64.b32hexdecode("D1IMOR3F")
base64.b16encode(b"\x01\xff"), base64.b16decode("01FF"), base64.b16decode("01ff", casefold=True)
base64.b16decode("01ff")
base64.b85encode(b"hello world"), base64.b85decode(b"Xk~0{Zy<MXa%^M"), base64.b85encode(b"abc", pad=True)
base64.a85encode(b"hello\0\0\0\0"), base64.a85decode(b"<~87cURDZ~>", adobe=True), base64.a85encode(b"x" * 9, wrapcol=6)
base64.a85decode(b"v")
base64.b85decode(b"{{{{{")
base64.encodebytes(b"z" * 60), base64.decodebytes(b"eno=\n")
(lambda i, o: [base64.encode(i, o), o.getvalue()])(io.BytesIO(b"abc"), io.BytesIO())
(lambda i, o: [base64.decode(i, o), o.getvalue()])(io.BytesIO(b"YWJj\n"), io.BytesIO())
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
