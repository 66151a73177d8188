# greedy, lazy and possessive repetition, atomic groups
import re

for pattern in [
    "a*", "a*?", "a*+", "a+b", "a+?b", "a++b", "a++a", "a?a", "a?+a", "a??a", "(?>a+)a", "(?>a+)b", "(?>a|ab)c", "(a|ab)c", "(?:a|ab)++c",
    "(?:ab?)*+b", "(ab?)*+b", "(ab?)*b", "a{2}+a", "a{1,2}+a", "a{1,2}?a", "(a{1,2}?)(a*)", "(a+?)(b*?)$", "(?:a*)*b", "(?:a*?)*?b",
    "(a*)+", "(a*?)+", "(a|b)*?b", "(?:(a)|(b)|(c))+", "((a)|(b))*+", "(.*)(b+)", "(.*?)(b+)", "(.*+)(b+)", ".{2,3}?b", ".{0}", "(?:){3}",
    "(?:|a)+", "(?:a|)+", "(?:a|)*?$", "(?:a?){3}a", "(?:a?)*?b", "(?:(?:a?)*)*b", "(?:a{1,2}){2}b", "(?:a{1,2}){2}?b", "(?>(a)|b)*",
]:
    out = []
    for text in ["", "a", "aa", "aaa", "b", "ab", "aab", "aaab", "abab", "abc", "caab"]:
        for how in (re.match, re.fullmatch, re.search):
            m = how(pattern, text)
            out.append("-" if m is None else ",".join("%d:%d" % span for span in m.regs))
    print(pattern, *out)
print(len(re.match("(?:ab)*", "ab" * 100000).group()), len(re.match("(a|b)*", "ab" * 50000).group()))
print(re.match("(?:a|ab)*c", "ab" * 2000), re.match("(x+x+)+y", "x" * 12))
print(re.search("(?:.|\n)*?END", "z" * 20000 + "END").end(), re.fullmatch("(?:(?:a)(?:b))*+", "ab" * 30000).end())
