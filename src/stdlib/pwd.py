"""Users of the machine: what /etc/passwd says."""

from _collections import _tuplegetter as _field


class struct_passwd(tuple):
    """A user."""

    __slots__ = ()
    n_fields = n_sequence_fields = 7
    n_unnamed_fields = 0
    _names = "pw_name pw_passwd pw_uid pw_gid pw_gecos pw_dir pw_shell".split()

    def __repr__(self):
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(self._names, self))
        return f"pwd.struct_passwd({fields})"


for _number, _name in enumerate(struct_passwd._names):
    setattr(struct_passwd, _name, _field(_number, _name))
struct_passwd.__module__ = "pwd"


def getpwall():
    """All users."""
    try:
        with open("/etc/passwd", encoding="utf-8", errors="surrogateescape") as file:
            rows = [line.rstrip("\n").split(":") for line in file]
    except OSError:
        return []
    return [struct_passwd([*row[:2], int(row[2]), int(row[3]), *row[4:]]) for row in rows if len(row) == 7]


def getpwnam(name, /):
    """The user of that name."""
    for user in getpwall():
        if user.pw_name == name:
            return user
    raise KeyError(f"getpwnam(): name not found: {name!r}")


def getpwuid(uid, /):
    """The user of that number."""
    for user in getpwall():
        if user.pw_uid == uid:
            return user
    raise KeyError(f"getpwuid(): uid not found: {uid}")
