"""What may not happen to an account."""

from evenhand.errors import EvenhandError


class StewardOfOthersError(EvenhandError):
    """Others act for an organisation whose only steward this is; data: organisation."""

    code = "steward_of_others"
