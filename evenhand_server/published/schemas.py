"""What programs get about a vendor's own website."""

from typing import Self

from evenhand_server.programs.fields import Shown
from evenhand_server.published.own_domain import Look


class LookShown(Shown):
    """What stands at an address of your own domain, beside the document here that it should lead to or repeat.

    ``state`` is leads_here, same, differs, missing, unreadable or unreachable. Where terms differ, ``missing`` are
    accepted here only and ``extra`` there only.
    """

    address: str
    ours: str
    state: str
    missing: list[str]
    extra: list[str]

    @classmethod
    def of(cls, look: Look) -> Self:
        """This look."""
        return cls(
            address=look.place.at,
            ours=look.place.ours,
            state=look.state,
            missing=list(look.missing),
            extra=list(look.extra),
        )


class WebsiteShown(Shown):
    """What your own website says now."""

    looks: list[LookShown]
