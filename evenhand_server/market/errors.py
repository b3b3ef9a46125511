"""What may not happen while a server is set up."""

from evenhand.errors import EvenhandError


class MailNotProvedError(EvenhandError):
    """No test mail has arrived yet, so nobody can be written to who did not ask for it."""

    code = "mail_not_proved"


class NotTradedError(EvenhandError):
    """Who runs this server decided that this is not traded here; data: what."""

    code = "not_traded"


class LastOperatorError(EvenhandError):
    """A server keeps at least one operator."""

    code = "last_operator"
