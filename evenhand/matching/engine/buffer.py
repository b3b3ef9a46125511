"""A buffer: the rows written last, gone through whole until there are enough of them for a segment."""

import numpy as np

from evenhand.interests.interest import Interest
from evenhand.matching.engine.names import Names
from evenhand.matching.engine.numbering import Numbering
from evenhand.matching.engine.rows import Rows
from evenhand.matching.engine.segment import ALIVE
from evenhand.matching.engine.writing import Writer

CAPACITY = 1024


class Buffer(Writer):
    """Rows with the moment each died, as in a segment, and the row of each id that is alive."""

    def __init__(self, names: Names, numbering: Numbering) -> None:
        super().__init__(names, numbering)
        self.died = np.full(CAPACITY, ALIVE, np.uint32)
        self.row_of: dict[int, int] = {}

    def append(self, id_: int, interest: Interest, experience: float) -> None:
        """Write one interest at the end."""
        self.row_of[id_] = self.count
        super().append(id_, interest, experience)

    def living(self) -> Rows:
        """The rows that are alive."""
        return self.rows(self.count).take(np.flatnonzero(self.died[: self.count] == ALIVE))
