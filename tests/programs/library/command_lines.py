# argparse: help texts, errors and results.
import argparse
import sys
def run(p, *argv):
    out, err = sys.stdout, sys.stderr
    sys.stderr = sys.stdout
    try:
        try: print(p.parse_args(list(argv)))
        except SystemExit as e: print("exit", e.code)
    finally: sys.stderr = err
p = argparse.ArgumentParser(prog="prog", description="Some description of the program, long enough to be wrapped into more than one line of text.", epilog="The end.")
p.add_argument("file", help="the file")
p.add_argument("rest", nargs="*", type=int, help="numbers")
p.add_argument("-v", "--verbose", action="store_true", help="more output")
p.add_argument("-o", "--output", metavar="OUT", default="x", help="where to (default: %(default)s)")
p.add_argument("-n", type=int, choices=[1, 2, 3])
p.add_argument("--level", "-l", action="count", default=0)
p.add_argument("--add", action="append", type=float, help="a very long help text that does certainly not fit into one line of the output")
p.add_argument("--pair", nargs=2, metavar=("A", "B"))
p.add_argument("--opt", nargs="?", const="C", default="D")
p.add_argument("--no-cache", dest="cache", action="store_false")
p.add_argument("--version", action="version", version="%(prog)s 1.0")
p.add_argument("--a-really-long-option-name-here", help="short")
p.add_argument("--hidden", help=argparse.SUPPRESS)
p.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True, help="flag")
p.print_help(); print(p.format_usage())
for argv in (["f"], ["f", "1", "2", "-v"], [], ["f", "x"], ["f", "-n", "5"], ["f", "-n", "x"], ["f", "-n2", "-lll"], ["f", "--out=z", "--add", "1", "--add", "2.5"], ["f", "--pair", "a"], ["f", "--pair", "a", "b"], ["f", "--opt"], ["f", "--opt", "q"], ["--opt", "--", "f"], ["f", "--nope"], ["f", "--ver"], ["--version"], ["-h"], ["f", "--no-cache", "--no-flag"], ["-vo", "y", "f"], ["-voy", "f"], ["f", "-1"], ["f", "--", "-1"], ["f", "-v", "3", "4"], ["f", "--l=3"], ["f", "--verbose=1"], ["f", "-o"], ["a b", "1"]):
    print(argv); run(p, *argv)
p = argparse.ArgumentParser(prog="git")
sub = p.add_subparsers(dest="cmd", required=True, help="commands", title="cmds", description="d")
a = sub.add_parser("add", help="add things", aliases=["a"]); a.add_argument("x", type=int); a.set_defaults(func="F")
b = sub.add_parser("rm", help="remove"); b.add_argument("-f", action="store_true"); b.add_argument("paths", nargs="+")
p.print_help(); a.print_help()
for argv in (["add", "3"], ["a", "4"], ["rm", "-f", "x", "y"], ["rm"], [], ["zz"], ["add", "q"], ["rm", "-h"], ["add", "1", "2"]):
    print(argv); run(p, *argv)
p = argparse.ArgumentParser(prog="ex", formatter_class=argparse.ArgumentDefaultsHelpFormatter)
g = p.add_mutually_exclusive_group(required=True)
g.add_argument("--foo", action="store_true", help="the foo"); g.add_argument("--bar", type=int, default=3, help="the bar")
h = p.add_argument_group("group", "group description"); h.add_argument("--baz", help="baz", default="q"); h.add_argument("pos", nargs="?", default=7, help="pos")
p.print_help()
for argv in (["--foo"], ["--bar", "1"], ["--foo", "--bar", "1"], [], ["--foo", "z"], ["--ba", "1"]):
    print(argv); run(p, *argv)
p = argparse.ArgumentParser(prog="rem", prefix_chars="-+", formatter_class=argparse.RawDescriptionHelpFormatter, description="a\n  b\n    c")
p.add_argument("+x", type=int); p.add_argument("-y", action="append_const", const=5); p.add_argument("cmd"); p.add_argument("args", nargs=argparse.REMAINDER)
p.print_help()
run(p, "+x", "3", "c", "-y", "--z", "q"); run(p, "-y", "-y", "c")
p = argparse.ArgumentParser(prog="long" * 5)
for i in range(12): p.add_argument(f"--option{i}", type=int, required=i == 0)
p.add_argument("positional_one"); p.add_argument("two", nargs="+")
p.print_usage(); run(p, "x"); run(p, "--option0", "1", "a", "b", "c")
print(p.parse_known_args(["--option0", "1", "a", "b", "--zz", "1"]), argparse.Namespace(a=1, b="x"), argparse.Namespace(a=1) == argparse.Namespace(a=1), "a" in argparse.Namespace(a=1))
for args, kw in ((("x",), {"dest": "y"}), (("-x",), {"action": "nope"}), (("-x",), {"nargs": 0}), (("-x",), {"type": 3}), (("--option1",), {}), (("-y",), {"nargs": 2, "metavar": ("a",)})):
    try: p.add_argument(*args, **kw)
    except Exception as e: print(type(e).__name__, e)
p = argparse.ArgumentParser(exit_on_error=False); p.add_argument("--i", type=int)
try: p.parse_args(["--i", "x"])
except argparse.ArgumentError as e: print(repr(e), e)
def pos(s):
    if int(s) < 0: raise argparse.ArgumentTypeError("negative!")
    return int(s)
p = argparse.ArgumentParser(prog="t"); p.add_argument("-p", type=pos, default="4"); p.add_argument("a", nargs="?"); p.add_argument("b", nargs=2)
run(p, "-p", "-3", "1", "2"); run(p, "1", "2"); run(p, "1", "2", "3"); run(p, "-p", "5", "1", "2"); print(p, p._actions[0])
p = argparse.ArgumentParser(prog="im"); p.add_argument("--f"); p.add_argument("c"); p.add_argument("r", nargs="*", type=int)
print(p.parse_intermixed_args("d 1 --f b 2 3".split()), p.get_default("f"))
par = argparse.ArgumentParser(add_help=False); par.add_argument("--par", help="par")
ch = argparse.ArgumentParser(prog="ch", parents=[par]); ch.print_help(); run(ch, "--par", "1")
