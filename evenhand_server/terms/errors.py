"""What may not happen to terms and disclosures."""

from evenhand.errors import EvenhandError


class NoAgreementError(EvenhandError):
    """Nothing has been agreed that would allow this."""

    code = "no_agreement"


class DayOverError(EvenhandError):
    """The last day named is over already; data: until."""

    code = "day_over"


class NothingToDiscloseError(EvenhandError):
    """The party has not written down this detail; data: field."""

    code = "nothing_to_disclose"


class TermsLateError(EvenhandError):
    """The time to answer these terms is over; silence is expired."""

    code = "terms_late"


class TermsNotProfferedError(EvenhandError):
    """No terms were proffered here, so there is nothing to answer."""

    code = "terms_not_proffered"


class UnknownTermsError(EvenhandError):
    """The roster has no such terms for this purpose; data: terms."""

    code = "unknown_terms"
