#!/usr/bin/env python3
"""Differential fuzzing: random small programs, run by uncoil and by the Python that runs this script (CPython 3.11).

    python3 tests/fuzz/differential.py --prog target/debug/uncoil --seed 1 --count 20000 [--jobs 2] [--keep DIR]

A program is twenty snippets, and `--batch` programs share a process. A snippet is a function of its own that prints what it
gets, or the type and text of the exception with its chain; after it come the changes of the reference counts of a few
objects that everything uses. So a difference always belongs to one snippet. Snippets that differ are made small (statements
dropped, expressions replaced by their parts, as long as the two still differ) and grouped by signature: what the two said,
numbers and texts masked. One bug is then mostly one line of the report.

Everything depends on the seed and the number of the program. `--keep DIR` keeps the smallest snippet of each group as a
program. `--record FILE` writes a corpus for `cargo test`: snippets with what CPython printed (tests/fuzz/README.md).
Addresses are masked; the time limit of a batch is `--timeout`, and a snippet that is slow in CPython is left out.
"""

import argparse
import ast
import collections
import concurrent.futures
import os
import pathlib
import random
import re
import resource
import subprocess
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from snippets import Snippets  # noqa: E402

HERE = pathlib.Path(__file__).parent
PRELUDE = (HERE / "prelude.py").read_text()
PER_PROGRAM = 20
ADDRESS = re.compile(r"0x[0-9a-f]{6,}")
# Where a module of C lies, or whether it is part of the executable, differs from one CPython to the next.
SHARED_LIBRARY = re.compile(r"\(/[^()]*\.so\)")
SHARED_PATH = re.compile(r"str '/[^']*\.so'")


def batch_source(snippets):
    """One program of all snippets: each a function, called by `run` of the prelude."""
    parts = [PRELUDE]
    for name, text in snippets:
        body = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
        parts.append(f"def snippet():\n{body}\nrun({name!r}, snippet)\n")
    parts.append("finish()\n")
    return "".join(parts)


def environment():
    """Warnings would leave registries behind."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return dict(kept, PYTHONHASHSEED="0", PYTHONIOENCODING="utf-8:strict", PYTHONWARNINGS="ignore")


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


def execute(command, source, timeout):
    """Runs a batch; answers what each snippet printed, and how it ended (None: to the end)."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", prefix="fuzz_", encoding="utf-8", errors="surrogatepass") as file:
        file.write(source)
        file.flush()
        with subprocess.Popen(command + [file.name], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=environment(), preexec_fn=limits, cwd="/") as process:
            try:
                out, err = process.communicate(timeout=timeout)
                ending = f"status {process.returncode}"
            except subprocess.TimeoutExpired:
                process.kill()
                out, err = process.communicate()
                ending = "timeout"
        text = out.decode("utf-8", "backslashreplace").replace(file.name, "FILE")
    results, last, audit = {}, None, []
    parts = text.split("\x1e")
    for part in parts[1:]:
        name, _, body = part.partition("\n")
        results[name] = SHARED_PATH.sub("NoneType None", SHARED_LIBRARY.sub("(unknown location)", ADDRESS.sub("0xADDR", body)))
        last = name
    if "" in results:
        ending = None
    error = err.decode("utf-8", "backslashreplace")
    if ending and ending != "timeout":
        lines = [line for line in error.strip().split("\n") if line.strip()]
        panic = [i for i, line in enumerate(lines) if "panicked" in line]
        ending += ": " + (" ".join(lines[panic[0]:panic[0] + 2]) if panic else (lines[-1] if lines else ""))
    audit = [line for line in error.split("\n") if "audit" in line.lower()]
    return results, last, ending, audit


def run_all(command, snippets, timeout):
    """The output of each snippet; one that ends the process is told and left out of the next try."""
    results, todo, complaints = {}, list(snippets), []
    while todo:
        got, last, ending, audit = execute(command, batch_source(todo), timeout)
        complaints += audit
        names = [name for name, _ in todo]
        if ending is None:
            results.update(got)
            break
        if last is None:
            results.update({name: f"!! {ending}\n" for name in names})
            break
        at = names.index(last) if last in names else 0
        for name in names[:at]:
            results[name] = got[name]
        results[names[at]] = got.get(names[at], "") + f"!! {ending}\n"
        todo = todo[at + 1:]
    results.pop("", None)
    return results, complaints


class Pair:
    """The two interpreters."""

    def __init__(self, prog, timeout):
        # CPython gets 3 GB of address space; ours is to say MemoryError before that, by its own measure.
        self.ours = [prog, "run", "--audit", "--memory-limit", "600M"]
        self.theirs = [sys.executable, "-X", "utf8"]
        self.timeout = timeout

    def differing(self, snippets):
        """(name, text, CPython's, ours) of those that differ, and the audit's complaints."""
        theirs, _ = run_all(self.theirs, snippets, self.timeout)
        # What is slow or kills CPython says nothing.
        usable = [(name, text) for name, text in snippets if "!! " not in theirs.get(name, "!! ")]
        ours, audit = run_all(self.ours, usable, self.timeout * 3)
        found = [(name, text, theirs[name], ours.get(name, "!! nothing\n")) for name, text in usable
                 if theirs[name] != ours.get(name)]
        return self.steady(found), audit

    def steady(self, found):
        """Without those where CPython says something else at another address: the order of sets of types, functions, None."""
        for _ in range(8):
            if not found:
                break
            again, _ = run_all(self.theirs, [(name, text) for name, text, *_ in found], self.timeout)
            found = [one for one in found if again.get(one[0]) == one[2]]
        return found


def program(seed, number):
    """The snippets of one program."""
    generator = Snippets(random.Random(f"{seed}/{number}"))
    made = []
    while len(made) < PER_PROGRAM:
        text = generator.snippet()
        if compiles(text):
            made.append((f"{number}.{len(made)}", text))
    return made


def compiles(text):
    body = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(f"def snippet():\n{body}", "x", "exec")
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


# ---- making small


def smaller(text):
    """Texts that are smaller than a snippet and might show the same difference."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    lines = text.split("\n")
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            block = getattr(node, field, None)
            if not isinstance(block, list) or not block:
                continue
            for i, statement in enumerate(block):
                last = len(block) == 1
                if last and (field == "body" and isinstance(statement, ast.Pass) or node is tree):
                    continue
                kept = list(block)
                replaced = [ast.Pass()] if last and field in ("body",) else []
                setattr(node, field, block[:i] + replaced + block[i + 1:])
                yield unparsed(tree)
                inner = getattr(statement, "body", None)
                if isinstance(inner, list) and not isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
                    setattr(node, field, block[:i] + inner + block[i + 1:])
                    yield unparsed(tree)
                setattr(node, field, kept)
    if len(lines) <= 30:
        for parent in ast.walk(tree):
            for field, value in ast.iter_fields(parent):
                if isinstance(value, ast.expr) and not isinstance(value, (ast.Constant, ast.Name)):
                    for child in children(value):
                        setattr(parent, field, child)
                        yield unparsed(tree)
                    setattr(parent, field, value)
                elif isinstance(value, list):
                    for i, item in enumerate(value):
                        if not isinstance(item, ast.expr):
                            continue
                        if field in ("args", "elts", "bases", "decorator_list") and not (field == "bases" and len(value) == 1):
                            setattr(parent, field, value[:i] + value[i + 1:])
                            yield unparsed(tree)
                        for child in children(item):
                            setattr(parent, field, value[:i] + [child] + value[i + 1:])
                            yield unparsed(tree)
                    setattr(parent, field, value)


def children(node):
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr) and not isinstance(getattr(child, "ctx", ast.Load()), (ast.Store, ast.Del)):
            yield child


def unparsed(tree):
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    except Exception:  # a tree that is no program
        return ""


def mask(line):
    line = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "S", line)
    return re.sub(r"-?\d[\d.e+]*", "N", line)[:100]


def first_difference(theirs, ours):
    a, b = theirs.split("\n"), ours.split("\n")
    for x, y in zip(a + ["(end)"], b + ["(end)"]):
        if x != y:
            return x, y
    return "", ""


def kind(theirs, ours):
    """What two outputs differ in, roughly: enough to see that a smaller snippet still shows the same."""
    x, y = first_difference(theirs, ours)
    return mask(x)[:30], mask(y)[:40]


def minimize(pair, found, rounds):
    """Each differing snippet as small as it goes, all of them in the same runs."""
    current = {name: (text, theirs, ours) for name, text, theirs, ours in found}
    active = set(current)
    for _ in range(rounds):
        candidates = []
        for name in active:
            text = current[name][0]
            seen = {text}
            for small in smaller(text):
                if small and small not in seen and len(small) < len(text) + 8 and compiles(small):
                    seen.add(small)
            seen.discard(text)
            # The smallest first: whichever still differs is taken.
            for i, small in enumerate(sorted(seen, key=len)[:60]):
                candidates.append((f"{name}/{i}", small))
        if not candidates:
            break
        progressed = set()
        for start in range(0, len(candidates), 1000):
            differing, _ = pair.differing(candidates[start:start + 1000])
            for name, text, theirs, ours in differing:
                origin = name.rsplit("/", 1)[0]
                if origin in progressed or kind(theirs, ours) != kind(*current[origin][1:]):
                    continue
                if len(text) < len(current[origin][0]):
                    current[origin] = (text, theirs, ours)
                    progressed.add(origin)
        active = progressed
    return current


def signature(text, theirs, ours):
    x, y = first_difference(theirs, ours)
    if x.startswith("refs") or y.startswith("refs"):
        return "refcounts: " + what(text)
    if y.startswith("!! "):
        return re.sub(r"\d+", "N", y)[:160]
    if re.match(r" +\w*(Error|Exception|Iteration): ", x) and re.match(r" +\w*(Error|Exception|Iteration): ", y):
        return f"{general(x)} | {general(y)}"
    return f"{what(text)}: {mask(x)} | {mask(y)}"


def general(line):
    """An error's text without the names of functions."""
    return re.sub(r"[\w.<>]+\(\)|\b[\w.]+(?= expected)", "F()", mask(line))


def what(text):
    """The operation that a small snippet is about."""
    names = re.findall(r"\.(\w+)\(|\b(\w+)\(", text)
    words = [a or b for a, b in names if (a or b) not in ("show",)]
    return "/".join(words[:3])


# ---- the run


def one_batch(pair, seed, numbers):
    snippets = [snippet for number in numbers for snippet in program(seed, number)]
    found, audit = pair.differing(snippets)
    return len(snippets), found, audit


def audited(pair, snippets):
    """Runs them with the audit alone: its complaints, and the snippets that are slow or end the process, as halving finds them."""
    results, last, ending, complaints = execute(pair.ours, batch_source(snippets), pair.timeout * 3)
    if ending is None or complaints:
        return complaints, []
    if len(snippets) == 1:
        return [], [(*snippets[0], ending)]
    half = len(snippets) // 2
    first, second = audited(pair, snippets[:half]), audited(pair, snippets[half:])
    return first[0] + second[0], first[1] + second[1]


def audit_batch(pair, seed, numbers):
    snippets = [snippet for number in numbers for snippet in program(seed, number)]
    return (len(snippets), *audited(pair, snippets))


def audit_all(pair, seed, batches, jobs):
    """No comparison, so that many programs go through in little time: are the books in order when they end?"""
    total, complaints, left_out = 0, [], []
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        for count, found, broken in pool.map(audit_batch, [pair] * len(batches), [seed] * len(batches), batches):
            total += count
            complaints += found
            left_out += broken
            print(f"\r{total} snippets, {len(complaints)} complaints, {len(left_out)} left out", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    for name, text, ending in left_out:
        print(f"== left out: {ending}  [{name}]\n{text}")
    for line in sorted(set(complaints)):
        print(line)
    print(f"{sum(map(len, batches))} programs, {total} snippets: {len(set(complaints))} audit complaints, {len(left_out)} left out")
    return 1 if complaints else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prog", default="target/debug/uncoil")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000, help="programs")
    parser.add_argument("--first", type=int, default=0, help="number of the first program")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=50, help="programs in a process")
    parser.add_argument("--timeout", type=float, default=6)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=12, help="rounds of making small")
    parser.add_argument("--show", type=int, default=60, help="groups to print")
    parser.add_argument("--sample", type=int, default=4, help="snippets of a rough group that are made small")
    parser.add_argument("--audit-only", action="store_true", help="compare nothing; is the audit clean at the end?")
    parser.add_argument("--record", type=pathlib.Path, help="write a corpus of --count snippets")
    options = parser.parse_args()
    if options.record:
        return record(options)
    pair = Pair(os.path.abspath(options.prog), options.timeout)
    numbers = list(range(options.first, options.first + options.count))
    batches = [numbers[i:i + options.batch] for i in range(0, len(numbers), options.batch)]
    if options.audit_only:
        return audit_all(pair, options.seed, batches, options.jobs)
    total, found, audits = 0, [], []
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for count, differing, audit in pool.map(one_batch, [pair] * len(batches), [options.seed] * len(batches), batches):
            total += count
            found += differing
            audits += audit
            print(f"\r{total} snippets, {len(found)} differ", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    rough = collections.defaultdict(list)
    for name, text, theirs, ours in found:
        rough[kind(theirs, ours)].append((name, text, theirs, ours))
    sample = [one for group in rough.values() for one in sorted(group, key=lambda one: len(one[1]))[:options.sample]]
    share = [sample[i::options.jobs] for i in range(options.jobs)]
    groups = collections.defaultdict(list)
    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        for small in pool.map(minimize, [pair] * options.jobs, share, [options.rounds] * options.jobs):
            for name, (text, theirs, ours) in small.items():
                groups[signature(text, theirs, ours)].append((text, theirs, ours, name))
    sizes = {kind(*group[0][2:]): len(group) for group in rough.values()}
    ranked = sorted(groups.items(), key=lambda item: -max(sizes.get(kind(one[1], one[2]), 1) for one in item[1]))
    for number, (label, members) in enumerate(ranked):
        text, theirs, ours, name = min(members, key=lambda member: len(member[0]))
        if number < options.show:
            count = max(sizes.get(kind(one[1], one[2]), 1) for one in members)
            x, y = first_difference(theirs, ours)
            print(f"== {count}x {label}  [{name}]\n{text}\n   CPython: {x[:300]}\n   uncoil:  {y[:300]}")
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{number:03}.py").write_text(batch_source([("0", text)]), errors="surrogatepass")
    programs = len({name.split(".")[0] for name, *_ in found})
    for line in sorted(set(audits))[:10]:
        print(f"audit: {line}")
    print(f"{options.count} programs, {total} snippets: {len(found)} snippets of {programs} programs differ, {len(groups)} groups, "
          f"{len(set(audits))} audit complaints")
    return 1 if found or audits else 0


def record(options):
    """A corpus of snippets that print the same everywhere and warn of nothing, and beside it what CPython prints."""
    pair = Pair(os.path.abspath(options.prog), options.timeout)
    usable, number = [], options.first
    while len(usable) < options.count:
        snippets = [one for one in program(options.seed, number) if not warns(one[1])]
        number += 1
        theirs, _ = run_all(pair.theirs, snippets, options.timeout)
        snippets = [one for one in snippets if "!! " not in theirs[one[0]] and "0xADDR" not in theirs[one[0]]]
        different = {name for name, *_ in pair.differing(snippets)[0]}
        found = [(*one, theirs[one[0]], "") for one in snippets if one[0] not in different]
        usable += [(name, text) for name, text, *_ in pair.steady(found)]
    options.record.write_text(batch_source(usable[:options.count]))
    kept = {name: value for name, value in environment().items() if name != "PYTHONWARNINGS"}
    ran = subprocess.run([sys.executable, "-B", options.record.name], capture_output=True, stdin=subprocess.DEVNULL, env=kept,
                         cwd=options.record.parent, check=True)
    options.record.with_suffix(".out").write_bytes(ran.stdout)
    sys.stderr.buffer.write(ran.stderr)
    return 0


def warns(text):
    body = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(f"def snippet():\n{body}", "x", "exec")
        except (SyntaxError, SyntaxWarning, DeprecationWarning):
            return True
    return not text.isascii() and "\\ud8" in ascii(text)


if __name__ == "__main__":
    sys.exit(main())
