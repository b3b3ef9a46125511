"""This worker's own memory of all standing interests: read in beside its work, so that nothing waits for it."""

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.db import connection

from evenhand_server.workers.replica import Replica

log = logging.getLogger("evenhand.matching")


class Memory:
    """Empty at first; ``replica`` starts to fill it. A reading that fails is begun anew when it is next asked for."""

    def __init__(self) -> None:
        self._replica: Replica | None = None
        self._thread: threading.Thread | None = None

    def replica(self) -> Replica | None:
        """What is known by heart, or nothing as long as it is still read in."""
        if self._replica is None and (self._thread is None or not self._thread.is_alive()):
            self._thread = threading.Thread(target=self._fill_beside, daemon=True)
            self._thread.start()
        return self._replica

    def fill(self, file: Path) -> None:
        """Read everything in, here and now."""
        self._replica = Replica.open(file)

    def wait(self) -> None:
        """Until a reading that was begun has ended."""
        if self._thread is not None:
            self._thread.join()

    def forget(self) -> None:
        """Empty again."""
        self._replica = None

    def _fill_beside(self) -> None:
        try:
            self.fill(settings.ENVIRONMENT.index_file)
            log.info("the index is ready")
        except Exception as error:  # noqa: BLE001 - whatever stops it, the database can be asked instead
            log.warning("the index could not be read in (%s); the database is asked instead", type(error).__name__)
        finally:
            connection.close()


MEMORY = Memory()
