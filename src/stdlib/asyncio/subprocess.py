"""Other processes, which are not started from here: who tries is told so."""

__all__ = ("create_subprocess_exec", "create_subprocess_shell")

PIPE, STDOUT, DEVNULL = -1, -2, -3


async def create_subprocess_shell(cmd, stdin=None, stdout=None, stderr=None, limit=65536, **kwds):
    """Run a command of the shell."""
    raise PermissionError(1, "uncoil starts no processes")


async def create_subprocess_exec(program, *args, stdin=None, stdout=None, stderr=None, limit=65536, **kwds):
    """Run a program."""
    raise PermissionError(1, "uncoil starts no processes")
