"""What may not happen to an interest."""

from evenhand.errors import EvenhandError


class NothingOfferedError(EvenhandError):
    """An interest needs at least one kind of thing or service."""

    code = "nothing_offered"


class TooManyChangesError(EvenhandError):
    """Interests were opened or changed too often within a day, or there are too many of them; data: limit."""

    code = "too_many_changes"
