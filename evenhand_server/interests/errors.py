"""What may not happen to an interest."""

from evenhand.errors import EvenhandError


class NothingOfferedError(EvenhandError):
    """An interest needs at least one kind of thing or service."""

    code = "nothing_offered"
