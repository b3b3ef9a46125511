"""A worker process: works until it is told to stop or whoever started it is gone."""

import os
import signal
import threading

from django.conf import settings

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.workers.memory import MEMORY
from evenhand_server.workers.run import work_until

REST_SECONDS = 0.5
STOPPING = threading.Event()


def stop(_number: int, _frame: object) -> None:
    """Finish the step at hand, then end."""
    STOPPING.set()


def main() -> None:
    """Work."""
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    parent = os.getppid()
    if settings.MATCHING == "index":
        MEMORY.replica()
    work_until(lambda: STOPPING.is_set() or os.getppid() != parent, lambda: STOPPING.wait(REST_SECONDS))


if __name__ == "__main__":
    main()
