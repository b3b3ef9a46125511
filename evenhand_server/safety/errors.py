"""What may not happen between a block, a report, its decision and its appeal."""

from evenhand.errors import EvenhandError


class AlreadyReportedError(EvenhandError):
    """This party has reported the same thing already, and nothing was decided of it yet."""

    code = "already_reported"


class AlreadyDecidedError(EvenhandError):
    """Somebody decided this meanwhile."""

    code = "already_decided"


class NoAppealError(EvenhandError):
    """There is no decision yet, it is not against this party, its time is over, or the one appeal was made."""

    code = "no_appeal"
