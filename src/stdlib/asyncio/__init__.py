"""Tasks that take turns in one thread: each runs until it awaits something that is not there."""

from .coroutines import *
from .events import *
from .exceptions import *
from .futures import *
from .locks import *
from .protocols import *
from .queues import *
from .runners import *
from .streams import *
from .subprocess import *
from .taskgroups import *
from .tasks import *
from .timeouts import *
from .transports import *
from .events import _get_running_loop, _set_running_loop
from .tasks import _enter_task, _leave_task, _register_task, _unregister_task

__all__ = (
    coroutines.__all__
    + events.__all__
    + exceptions.__all__
    + futures.__all__
    + locks.__all__
    + protocols.__all__
    + queues.__all__
    + runners.__all__
    + streams.__all__
    + subprocess.__all__
    + taskgroups.__all__
    + tasks.__all__
    + timeouts.__all__
    + transports.__all__
)
