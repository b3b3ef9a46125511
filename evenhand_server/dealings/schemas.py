"""What programs send and get about saying no."""

from datetime import datetime
from typing import Annotated, Self

from evenhand_server.dealings.forms import REASONS
from evenhand_server.dealings.models import Dealing, Decline
from evenhand_server.messages import say
from evenhand_server.programs.fields import Asked, Shown, one_of


class DeclineAsked(Asked):
    """Why not."""

    reason: Annotated[str, one_of(REASONS)]


class DeclineShown(Shown):
    """A friendly no: from which side (asker or vendor), and why."""

    side: str
    reason: str
    sentence: str
    at: datetime

    @classmethod
    def of(cls, decline: Decline) -> Self:
        """This no."""
        sentence = say(f"decline_{decline.reason}")
        return cls(side=decline.side, reason=decline.reason, sentence=sentence, at=decline.at)

    @classmethod
    def on(cls, dealing: Dealing) -> Self | None:
        """The no on a dealing, if a side said it."""
        decline: Decline | None = getattr(dealing, "decline", None)
        return cls.of(decline) if decline is not None else None
