"""What may go wrong between this server and a mail server."""

from evenhand.errors import EvenhandError


class MailPutOffError(EvenhandError):
    """The mail server could not be reached, or asked for patience; data: answer."""

    code = "mail_put_off"


class MailRefusedError(EvenhandError):
    """The mail server will not take this mail, for a reason that is not the address; data: answer."""

    code = "mail_refused"


class MailboxRefusedError(EvenhandError):
    """The mail server says that there is no such mailbox, or that it takes nothing; data: answer."""

    code = "mailbox_refused"
