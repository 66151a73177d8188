# lookahead, lookbehind, conditionals, references to groups
import re

for pattern in [
    "a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(?<=ab)c", "(?<![ab])c", "(?=(a+))a*b\\1", "(?=(a))", "(?!(a))b", "(?<=(a))b", "(?<!(a))b",
    "(a)?(?(1)b|c)", "(?P<x>a)?(?(x)b)", "(a)?b(?(1)c)", "(?:(a)|b)(?(1)b|a)", "(a)\\1", "(a*)b\\1", "(?P<q>['\"]).*?(?P=q)", "(?i)(a)\\1",
    "(?<=\\b)a", "(?<=^)a", "(?<=a|b)c", "(?=a)(?!ab).", "(?:(?=(a))a)+", "(?:(?!b).)*", "(?<=(?=b))b", "((?=a)a|b)*", "(?<=a{2})b",
    "^(?:(a)|b)*?\\1$", "(a(?=(b)))?b", "(?!)", "(?=)", "a(?:(?<!b)a)*",
]:
    out = []
    for text in ["a", "b", "ab", "aab", "ba", "abc", "bc", "aa", "aabaa", "'a'", "\"b'", "aA", "cab", "abab"]:
        m = re.search(pattern, text)
        out.append("-" if m is None else ",".join("%d:%d" % span for span in m.regs))
    print(pattern, *out)
