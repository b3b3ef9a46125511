"""What may not happen among people and parties."""

from evenhand.errors import EvenhandError
from evenhand_server.storage.errors import ForbiddenActionError


class NoSuchPersonError(EvenhandError):
    """Nobody here goes by this username; data: username."""

    code = "no_such_person"


class LastStewardError(EvenhandError):
    """An organisation keeps at least one steward."""

    code = "last_steward"


class OwnTokenNeededError(ForbiddenActionError):
    """A program acts for an organisation, and asks for what is the person's own."""

    code = "own_token_needed"


class PausedError(EvenhandError):
    """A report about this party was found right, and it may neither ask nor answer for a time; data: until."""

    code = "paused"
