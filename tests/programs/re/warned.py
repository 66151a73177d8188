# what is allowed but warned of
import re
import warnings

for pattern in ["[[a]", "[a[b]", "[a--b]", "[a&&b]", "[a||b]", "[a~~b]", "[--]", "[a-[b]", "[^[a]", "[-~~]", "[a--", "[&&a]", "[a-b--c]", "(?(٠١)a)(b)" if False else "x", "(a)(?(01)b)", "(a)(?( 1)b)", "(a)(?(+1)b)", "(a)(?(1_0)b)"]:
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            result = re.compile(pattern).pattern
        except re.error as e:
            result = e
        print(pattern, "|", result, "|", [(w.category.__name__, str(w.message)) for w in seen])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    print(re.sub("(a)", r"\g<+1>\g< 1 >", "xa"), [(w.category.__name__, str(w.message)) for w in seen])
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    re.template("ab")
    try:
        re.compile("a*", re.T)
    except re.error as e:
        print(e)
    print([(w.category.__name__, str(w.message)) for w in seen])
