# keyword: which names are words of the language.
import keyword


for text in r'''
len(keyword.kwlist), keyword.kwlist[:5], keyword.kwlist == sorted(keyword.kwlist)
keyword.softkwlist
keyword.iskeyword("if"), keyword.iskeyword("IF")
keyword.iskeyword("match"), keyword.issoftkeyword("match")
keyword.issoftkeyword("_"), keyword.issoftkeyword("case"), keyword.issoftkeyword("if")
keyword.iskeyword("None"), keyword.iskeyword("True"), keyword.iskeyword("print")
keyword.iskeyword(""), keyword.iskeyword(5), keyword.iskeyword(None)
keyword.iskeyword([])
[w for w in keyword.kwlist if w.startswith("a")]
[w for w in keyword.kwlist if w[0].isupper()]
keyword.__all__
all(w.isidentifier() for w in keyword.kwlist)
'''.strip().splitlines():
    try:
        print(text, "->", eval(text))
    except BaseException as error:
        print(text, "->", type(error).__name__, error)
