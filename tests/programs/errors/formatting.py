"""Format texts and specs that do not fit."""

def attempt(*calls):
    for call in calls:
        try:
            print(call())
        except Exception as error:
            print(type(error).__name__ + ":", error)

attempt(lambda: "%d" % "a", lambda: "%d %d" % 1, lambda: "%d" % (1, 2), lambda: "%q" % 1, lambda: "%" % 1, lambda: "%(a)s" % {}, lambda: "%(a)s" % 5, lambda: "%c" % "ab", lambda: "%c" % -1, lambda: "%x" % 1.5,
        lambda: "%*d" % ("a", 1), lambda: "{}".format(), lambda: "{a}".format(), lambda: "{0} {}".format(1, 2), lambda: "{} {0}".format(1), lambda: "{".format(), lambda: "}".format(), lambda: "{!x}".format(1), lambda: "{:d}".format("a"),
        lambda: "{:s}".format(1), lambda: "{:x}".format(1.5), lambda: "{:,d}".format("1"), lambda: "{:.2d}".format(1), lambda: "{:=5}".format("a"), lambda: "{:z}".format(1), lambda: "{.x}".format(1), lambda: "{[a]}".format([1]), lambda: "{[5]}".format([1]),
        lambda: format(1, 2), lambda: format([], "x"), lambda: format("a", "5d"), lambda: f"{1:q}", lambda: f"{'a':+}", lambda: "{:c}".format(0x110000), lambda: "{:,x}".format(5), lambda: "{:_,}".format(5), lambda: "{:,_}".format(5), lambda: "%s" % (),
        lambda: "{:%}".format("a"), lambda: "{:10.3.2f}".format(1.0), lambda: "{0[}".format([1]), lambda: "{!}".format(1), lambda: "{a.b}".format(a=1))
print("{:d}".format(3.0))
