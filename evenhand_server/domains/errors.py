"""What may not happen while a domain is shown to be one's own."""

from evenhand.errors import EvenhandError


class DomainNotShownError(EvenhandError):
    """The code is not the one sent, or tried too often, or too old; or DNS does not have the record; data: reason."""

    code = "domain_not_shown"
