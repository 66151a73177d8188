"""Who is at the terminal, and a password without showing it."""

import os
import sys
import warnings

__all__ = ["getpass", "getuser", "GetPassWarning"]


class GetPassWarning(UserWarning):
    """What is typed may be seen."""


def getpass(prompt="Password: ", stream=None):
    """Ask for a text; here what is typed is seen, and a warning says so."""
    out = sys.stderr if stream is None else stream
    warnings.warn("Can not control echo on the terminal.", GetPassWarning, stacklevel=2)
    print("Warning: Password input may be echoed.", file=out)
    out.write(prompt)
    out.flush()
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line.removesuffix("\n")


unix_getpass = fallback_getpass = getpass


def getuser():
    """The name of who runs the program."""
    for name in "LOGNAME", "USER", "LNAME", "USERNAME":
        user = os.environ.get(name)
        if user:
            return user
    import pwd
    return pwd.getpwuid(os.getuid())[0]
