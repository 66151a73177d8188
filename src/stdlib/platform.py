"""What the program runs on.

    platform.system()               'Linux'
    platform.python_version()       '3.11.…'
"""

import collections
import os
import sys

_Uname = collections.namedtuple("uname_result", "system node release version machine processor")
_Uname.__module__ = "platform"
uname_result = _Uname
_known = None


def uname():
    """System, name of the computer, release, version, machine, processor."""
    global _known
    if _known is None:
        _known = _Uname(*os.uname(), "")
    return _known


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=sys.executable, bits="", linkage=""):
    return bits or ("64bit" if sys.maxsize > 2 ** 32 else "32bit"), linkage or "ELF"


def platform(aliased=False, terse=False):
    """All in one text."""
    parts = [system(), release()] + ([] if terse else [machine()])
    return "-".join(part for part in parts if part).replace(" ", "_") + ("" if terse else "-with-" + "-".join(libc_ver()).strip("-"))


def libc_ver(executable=None, lib="", version="", chunksize=16384):
    return lib or "glibc", version


def python_implementation():
    return "CPython"


def python_version():
    return sys.version.split()[0]


def python_version_tuple():
    return tuple(python_version().split("."))


def python_branch():
    return ""


def python_revision():
    return ""



def python_build():
    """Number and date."""
    pieces = [piece.strip() for piece in sys.version[sys.version.find("(") + 1:sys.version.find(")")].split(",")]
    return pieces[0], " ".join(pieces[1:])


def python_compiler():
    return sys.version[sys.version.find("[") + 1:sys.version.rfind("]")]


def freedesktop_os_release():
    """The lines of /etc/os-release."""
    found = {"NAME": "Linux", "ID": "linux", "PRETTY_NAME": "Linux"}
    for path in "/etc/os-release", "/usr/lib/os-release":
        try:
            with open(path, encoding="utf-8") as file:
                for line in file:
                    name, equals, value = line.strip().partition("=")
                    if equals and not name.startswith("#"):
                        found[name] = value.strip("'\"")
            return found
        except OSError:
            continue
    raise OSError("Unable to read files /etc/os-release, /usr/lib/os-release")


def mac_ver(release="", versioninfo=("", "", ""), machine=""):
    return release, versioninfo, machine


def win32_ver(release="", version="", csd="", ptype=""):
    return release, version, csd, ptype


def win32_edition():
    return None


def win32_is_iot():
    return False


def java_ver(release="", vendor="", vminfo=("", "", ""), osinfo=("", "", "")):
    return release, vendor, vminfo, osinfo


def system_alias(system, release, version):
    """The names that a system is sold by."""
    if system == "SunOS" and release >= "5":
        major, dot, rest = release.partition(".")
        if major.isdecimal():
            return "Solaris", f"{int(major) - 3}{dot}{rest}", version
    return system, release, version
