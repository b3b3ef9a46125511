"""What may not happen to invitations and lists."""

from evenhand.errors import EvenhandError


class TooManyInvitationsError(EvenhandError):
    """More sellers at once than one request may be sent to; data: limit."""

    code = "too_many_invitations"


class TooManyInvitationsTodayError(EvenhandError):
    """More sellers within a day than a party may ask that has kept few deals; data: limit."""

    code = "too_many_invitations_today"


class NobodyToInviteError(EvenhandError):
    """No address was given that can be asked: unreadable, asked before, or not wanting to be."""

    code = "nobody_to_invite"


class CodeWrongError(EvenhandError):
    """The code is not the one that was sent, was tried too often, or its time is over."""

    code = "guest_code_wrong"


class AlreadyHeardError(EvenhandError):
    """Somebody of this mailbox has heard of the request in an account here, and answers there."""

    code = "already_heard"


class ListNameTakenError(EvenhandError):
    """The party has another list of this name; data: name."""

    code = "list_name_taken"


class AccountExistsError(EvenhandError):
    """This mailbox or user name belongs to an account already."""

    code = "account_exists"


class ListFullError(EvenhandError):
    """More sellers than one list may hold; data: limit."""

    code = "list_full"
