"""What may not happen to an offer."""

from evenhand.errors import EvenhandError


class OfferWrongError(EvenhandError):
    """The offer contradicts itself; data: finding, the first thing that is wrong."""

    code = "offer_wrong"


class OfferChangedError(EvenhandError):
    """The offer was changed or withdrawn, or its time was over, before it was accepted."""

    code = "offer_changed"


class TooManyAttachmentsError(EvenhandError):
    """An offer holds few files; data: limit."""

    code = "too_many_attachments"
