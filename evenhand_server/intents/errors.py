"""What may not happen to an intent."""

from evenhand.errors import EvenhandError


class IntentClosedError(EvenhandError):
    """The intent was accepted, withdrawn, or its time is over."""

    code = "intent_closed"


class MailboxUnconfirmedError(EvenhandError):
    """Only somebody with a confirmed mailbox may publish."""

    code = "mailbox_unconfirmed"


class NothingWantedError(EvenhandError):
    """A request needs words, and a kind of thing or service that they are about."""

    code = "nothing_wanted"


class TooManyOpenIntentsError(EvenhandError):
    """A party has only so many open intents at a time; data: limit."""

    code = "too_many_open_intents"
