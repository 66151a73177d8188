# 2,000 patterns made at random, on random texts: all spans, and the texts of all errors
import random
import re
import warnings

warnings.simplefilter("ignore")
R = random.Random(311)

def atom(depth):
    k = R.random()
    if k < .35:
        return R.choice("aabbcAB")
    if k < .42:
        return R.choice([".", r"\w", r"\d", r"\s", r"\b", r"\B", "^", "$", r"\A", r"\Z", r"\W", r"\D", "é", "ſ", "k"])
    if k < .5:
        return R.choice(["[ab]", "[^a]", "[a-c]", "[abcdefk1]", r"[\w-]", r"[^\d\s]", "[aceg]", "[A-Za-z_0-9]", "[é-ż]", "[^b-]", "[]a]", "[s-u]"])
    if k < .55:
        return "\\" + str(R.randint(1, 3))
    if depth <= 0:
        return R.choice("abc")
    for limit, start in [(.72, "("), (.79, "(?:"), (.82, "(?>"), (.86, "(?="), (.89, "(?!"), (.9, "(?i:"), (.91, "(?a:")]:
        if k < limit:
            return start + alternatives(depth - 1) + ")"
    if k < .94:
        return R.choice(["(?<=", "(?<!"]) + R.choice(["a", "ab", "[ab]", "a|b", "(a)", "ab|ba", r"\b", "a?"]) + ")"
    if k < .97:
        return "(?(%d)" % R.randint(1, 3) + sequence(depth - 1) + R.choice(["", "|" + sequence(depth - 1)]) + ")"
    return "(?P<n%d>" % R.randint(1, 2) + alternatives(depth - 1) + ")" if k < .985 else "(?P=n%d)" % R.randint(1, 2)

def repeated():
    if R.random() < .55:
        return ""
    return R.choice(["*", "+", "?", "*", "+", "{2}", "{1,2}", "{,2}", "{2,}", "{0}"]) + R.choice(["", "", "", "?", "?", "+"])

def sequence(depth):
    return "".join(atom(depth) + repeated() for _ in range(R.choice([0, 1, 1, 2, 2, 3])))

def alternatives(depth):
    return "|".join(sequence(depth) for _ in range(R.choice([1, 1, 1, 2, 2, 3])))

def damaged(pattern):
    pattern = list(pattern)
    for _ in range(R.randint(1, 3)):
        at = R.randint(0, len(pattern))
        if R.random() < .4 and pattern:
            del pattern[min(at, len(pattern) - 1)]
        else:
            pattern[at:at] = R.choice(list("()[]{}*+?|\\^$.-<>=!:#Pix,01") + ["(?", "(?P<", r"\x", "{3,1}", "(?(", "(?i-", r"\400", "[^", "(?<"])
    return "".join(pattern)

total, digest, made, failed = 0, 0, 0, 0
for n in range(2000):
    pattern = alternatives(2)
    if R.random() < .2:
        pattern = damaged(pattern)
    flags = R.choice([0, 0, 0, re.I, re.M, re.S, re.X, re.A, re.I | re.A])
    text = "".join(R.choice("aaabbcAB1 \nkKéſß") for _ in range(R.randint(0, 7)))
    try:
        compiled = re.compile(pattern, flags)
        result = [m and (m.regs, m.lastindex) for m in (compiled.match(text), compiled.fullmatch(text), compiled.search(text))]
        result.append(compiled.findall(text))
        result.append(compiled.split(text))
        made += 1
    except re.error as e:
        result = str(e)
        failed += 1
    for c in ascii(result):
        digest = (digest * 131 + ord(c)) % 1000000007
    if n % 40 == 39:
        print(n + 1, made, failed, digest, ascii(pattern), ascii(result))
