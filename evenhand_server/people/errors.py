"""What may not happen among people and parties."""

from evenhand.errors import EvenhandError


class NoSuchPersonError(EvenhandError):
    """Nobody here goes by this username; data: username."""

    code = "no_such_person"


class LastStewardError(EvenhandError):
    """An organisation keeps at least one steward."""

    code = "last_steward"
