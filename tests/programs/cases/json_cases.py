# json: texts and objects. Its own programs have more.
import io
import json
import math


class Encoder(json.JSONEncoder):
    def default(self, value):
        return sorted(value) if isinstance(value, set) else super().default(value)


nested = []
nested.append(nested)


for text in r'''
json.dumps([1, 2.5, "a", None, True, {"k": []}])
json.dumps("é\n\"\\\u2028😀"), json.dumps("é😀", ensure_ascii=False)
json.dumps({"b": 1, "a": [1, 2]}, sort_keys=True, indent=2)
json.dumps([1, {"a": 2}], indent="--"), json.dumps([], indent=4), json.dumps({}, indent=1)
json.dumps([1, 2, {"a": 3}], separators=(",", ":"))
json.dumps({1: 1, None: 2, True: 3, 2.5: 4})
json.dumps({(1, 2): 3})
json.dumps({(1, 2): 3, "a": 1}, skipkeys=True)
json.dumps({1, 2})
json.dumps({2, 1}, cls=Encoder), json.dumps({2, 1}, default=list)
json.dumps(object, cls=Encoder)
json.dumps([math.nan, math.inf, -math.inf])
json.dumps(math.nan, allow_nan=False)
json.dumps(nested)
json.dumps(1e100), json.dumps(0.1), json.dumps(-0.0), json.dumps(10 ** 20)
json.loads('[1, 2.5, "a", null, true, {"k": []}]')
json.loads('"\\u00e9\\ud83d\\ude00\\n\\/"'), json.loads('"\\ud83d"').encode("utf-8", "surrogatepass")
json.loads(" [ 1 , 2 ] "), json.loads(b'{"a": 1}'), json.loads(bytearray(b"1")), json.loads("[1]".encode("utf-16"))
json.loads("")
json.loads("[1, 2")
json.loads("[1,]")
json.loads('{"a" 1}')
json.loads("{a: 1}")
json.loads('"a\nb"')
json.loads('"a\nb"', strict=False)
json.loads("1 2")
json.loads("nul")
json.loads('"\\x"')
json.loads("NaN"), json.loads("-Infinity"), json.loads("1E3"), json.loads("-0"), json.loads("-0.0")
json.loads("01")
json.loads(5)
json.loads('{"a": 1, "a": 2}'), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list)
json.loads('{"x": {"y": 1}}', object_hook=lambda d: tuple(d.items()))
json.loads("[1.5, 2]", parse_float=str, parse_int=float), json.loads("[NaN]", parse_constant=lambda c: "<" + c + ">")
(lambda f: [json.dump({"a": [1]}, f), f.getvalue()])(io.StringIO()), json.load(io.StringIO("[3]"))
json.JSONDecoder().raw_decode("[1] rest"), json.JSONDecoder().decode(" 5 ")
list(json.JSONEncoder().iterencode([1, "a"])), json.JSONEncoder(indent=0).encode([1])
(lambda e: (e.msg, e.doc, e.pos, e.lineno, e.colno))(json.JSONDecodeError("told", "ab\ncd", 4))
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
