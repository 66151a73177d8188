"""csv: dialects, quoting, dicts, sniffing, messages."""
import csv, io
def t(f, *a, **k):
    try: print(repr(f(*a, **k)))
    except Exception as e: print(type(e).__name__, e)
print(list(csv.reader(['a,b,c', '1,"x, ""y""",3', '', ' s , "t"', '"multi', 'line",2'])))
print(list(csv.reader(['a;b', "'x;y';2"], delimiter=';', quotechar="'")), list(csv.reader(['1,2.5,"x"'], quoting=csv.QUOTE_NONNUMERIC)))
print(list(csv.reader(['a\\,b,c'], quoting=csv.QUOTE_NONE, escapechar='\\')), list(csv.reader(['a, b'], skipinitialspace=True)))
def written(rows, **options):
    out = io.StringIO()
    csv.writer(out, **options).writerows(rows)
    return out.getvalue()
rows = [['a', 1, None, 2.5], ['x, y', 'q"q', 'new\nline', ''], ['']]
for options in ({}, {'quoting': csv.QUOTE_ALL}, {'quoting': csv.QUOTE_NONNUMERIC}, {'delimiter': '\t', 'lineterminator': '\n'}, {'dialect': 'unix'}, {'quotechar': "'", 'doublequote': False, 'escapechar': '\\'}):
    print(repr(written(rows, **options)))
t(written, [['a,b']], quoting=csv.QUOTE_NONE)
print(repr(written([['a,b']], quoting=csv.QUOTE_NONE, escapechar='\\')))
t(written, [3]); t(csv.writer, 3); t(csv.reader, 3); t(csv.reader, [], delimiter=''); t(csv.reader, [], quoting=9); t(csv.reader, [], foo=1); t(csv.reader, [], dialect='nope')
t(list, csv.reader([b'a'])); t(list, csv.reader(['"a']  , strict=True)); t(list, csv.reader(['"a"b'], strict=True)); t(list, csv.reader(['a\rb']))
data = io.StringIO('name,age\nAnn,30\nBob\nCid,40,extra\n')
reader = csv.DictReader(data, restkey='more', restval='?')
print(reader.fieldnames, list(reader), reader.line_num)
out = io.StringIO()
w = csv.DictWriter(out, ['b', 'a'], extrasaction='ignore', restval='-')
w.writeheader(); w.writerow({'a': 1, 'b': 2, 'c': 3}); w.writerows([{'a': 4}, {}])
print(repr(out.getvalue()))
t(csv.DictWriter(io.StringIO(), ['a']).writerow, {'a': 1, 'z': 2})
d = csv.Sniffer().sniff('a;b;c\n1;2;3\n4;5;6\n')
print(d.delimiter, d.quotechar, d.doublequote, d.skipinitialspace, csv.Sniffer().has_header('name,age\nann,3\nbob,4\n'))
d = csv.Sniffer().sniff('"a","b"\n"c","d"\n'); print(d.delimiter, d.quotechar)
csv.register_dialect('mine', delimiter='|', quoting=csv.QUOTE_NONE)
print(csv.list_dialects(), csv.get_dialect('mine').delimiter, list(csv.reader(['a|b'], 'mine')))
csv.unregister_dialect('mine'); t(csv.get_dialect, 'mine'); print(csv.field_size_limit(10)); t(list, csv.reader(['a' * 11])); print(csv.field_size_limit(131072))
r = csv.reader(['a,b', 'c,d']); print(next(r), r.line_num, r.dialect.delimiter, csv.excel.lineterminator == '\r\n', csv.QUOTE_NONE)
