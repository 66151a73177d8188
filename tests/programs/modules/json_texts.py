"""json: reading, writing, hooks, indentation, encodings, messages."""
import json
def t(s):
    try: print(s,'->',repr(eval(s)))
    except BaseException as e: print(s,'->',type(e).__name__,e)
for s in [r'''json.loads('["a\\qb"]')''',r'''json.loads('["a\\u12"]')''','''json.loads('["a')''','''json.loads('["a\\nb"]')''',"json.loads('')","json.loads('[1,]')","json.loads('{')","json.loads('{\"a\"}')","json.loads('{\"a\":}')","json.loads('{\"a\":1,}')","json.loads('{a:1}')","json.loads('[1 2]')","json.loads('1 2')","json.loads('nan')","json.loads('NaN')","json.loads('[-Infinity]')","json.loads('-')","json.loads('01')","json.loads('1.')","json.loads('1e5')","json.loads('-0')","json.loads('-0.0')","json.loads('\ufeff[]')","json.loads(b'\\xef\\xbb\\xbf[1]')","json.loads('[1]'.encode('utf-16'))","json.loads(3)","json.dumps(float('nan'))","json.dumps(float('nan'),allow_nan=False)","json.dumps({(1,2):3})","json.dumps({(1,2):3},skipkeys=True)","json.dumps({1:2,None:3,True:4,1.5:6})","json.dumps({'b':1,'a':2},sort_keys=True)","json.dumps({'b':1,1:2},sort_keys=True)","json.dumps({1,2})","json.dumps(object)","json.dumps('é\\u2028\"\\\\/\\x01\\n😀')","json.dumps('é😀\\x7f',ensure_ascii=False)","json.dumps([1,[2,{'a':()}]],indent=2)","json.dumps([1,[2,{'a':{}}]],indent='-')","json.dumps([],indent=2)","json.dumps({'a':[1,2]},separators=(',',':'))","json.dumps(10**30)","json.dumps(1e100)","json.dumps(3+4j,default=lambda o:[o.real,o.imag])","json.dumps(3+4j,default=lambda o:o)","json.loads('{\"a\":1,\"a\":2}')","json.loads('{\"a\":1,\"a\":2}',object_pairs_hook=list)","json.loads('{\"a\":{\"b\":1}}',object_hook=lambda d:sorted(d))","json.loads('1.5',parse_float=str)","json.loads('15',parse_int=str)","json.loads('NaN',parse_constant=str)","json.loads('\"\\\\ud83d\\\\ude00\\\\ud800x\"')","json.loads('[1'+'0'*5000+']')","json.loads(' \\t\\n\\r1 ')","json.loads('[tru]')","json.loads('[\"\\t\"]',strict=False)","json.JSONDecoder().raw_decode('[1] x')","json.JSONDecoder().raw_decode(' [1] x',1)","list(json.JSONEncoder().iterencode([1,{'a':2}]))","list(json.JSONEncoder(indent=1).iterencode([1,{'a':2}]))","json.decoder.scanstring('abc\"d',0)","json.decoder.scanstring('abc',0)","json.decoder.scanstring('a',5)","json.encoder.encode_basestring_ascii('a')","json.encoder.encode_basestring_ascii(1)","json.dumps([float('inf'),-float('inf')])","json.dumps(True)","json.dumps(None)","json.dumps('a',cls=json.JSONEncoder)","json.dumps(1,foo=2)","json.loads('1',foo=2)","json.dumps({'a':1},indent=0)","json.dumps([1],indent=True)", "json.detect_encoding(b'\\x00\\x00\\x00a')","json.__all__","json.loads('{\"a\": 1 \"b\":2}')","json.loads('[1,\\n 2,\\n x]')"]: t(s)
l=[];l.append(l);t("json.dumps(l)");d={};d['a']=d;t("json.dumps(d)");t("json.dumps(l,indent=1)"); 
try: json.loads('[1,\n2')
except json.JSONDecodeError as e: print(e.msg,e.doc,e.pos,e.lineno,e.colno,e.args,e.__reduce__())

t("json.dumps([float('nan')], allow_nan=False, indent=1)")
import io, enum, collections
out = io.StringIO()
json.dump({'k': [1, 2, {'x': None}]}, out, indent=4, sort_keys=True)
print(out.getvalue(), json.load(io.StringIO('{"a": [1, 2.5, "x"]}')))
class Level(enum.IntEnum):
    LOW = 1
class Name(str): pass
class Number(float): pass
print(json.dumps([Level.LOW, Name('n'), Number(2.5), {Level.LOW: 1, Name('k'): True}, collections.OrderedDict(b=1, a=2), range]
                 , default=lambda o: o.__name__))
class Encoder(json.JSONEncoder):
    def default(self, o):
        if isinstance(o, complex):
            return {'re': o.real, 'im': o.imag}
        return super().default(o)
print(json.dumps({'z': 1 + 2j}, cls=Encoder), json.dumps({'z': [1 + 2j]}, cls=Encoder, indent=1))
t("json.dumps({'z': {3}}, cls=Encoder)")
t("json.dumps({'a': object()}, default=lambda o: 1 / 0)")
t("json.loads('{\"a\": 1}', object_hook=lambda d: 1 / 0)")
print(json.loads('[1, 2.0, {"x": [true, false, null]}, "\\n\\t\\/"]'), json.loads('[1.1, 2]', parse_float=lambda s: s + '!', parse_int=lambda s: -int(s)))
print(json.dumps([[], {}, [[]], {'a': []}], indent=3), json.dumps('x', indent=3), json.dumps([1, 2], indent=''), json.dumps({}, indent=1))
print(json.dumps(collections.namedtuple('P', 'x y')(1, 2)), json.dumps(('a', ('b',))), json.dumps({'a': (1,)}, separators=(' , ', ' : ')))
print(json.dumps([1, [2, [3]]], indent='\t'), repr(json.dumps('\ud800')), json.dumps(-0.0), json.dumps(1e-7), json.dumps(123456789.123))
