"""What any room of the server may answer when an action may not happen."""

from evenhand.errors import EvenhandError


class NotFoundError(EvenhandError):
    """There is nothing by this id for this actor; said alike of what exists and of what does not."""

    code = "not_found"


class ForbiddenActionError(EvenhandError):
    """The role in which one acts does not include this; data: act, role."""

    code = "forbidden_action"


class TooOftenError(EvenhandError):
    """One person or one network address did this too often; data: limit, retry_after (seconds)."""

    code = "too_often"


class KeyUsedOtherwiseError(EvenhandError):
    """The idempotency key was used for another request."""

    code = "key_used_otherwise"
