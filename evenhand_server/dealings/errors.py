"""What may not happen on a dealing."""

from evenhand.errors import EvenhandError


class DealingEndedError(EvenhandError):
    """One side said no, or the intent has ended."""

    code = "dealing_ended"


class AlreadyAnsweredError(EvenhandError):
    """This was answered before; a second answer would change what the other side relies on."""

    code = "already_answered"
