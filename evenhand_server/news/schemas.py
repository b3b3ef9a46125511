"""What programs send and get about news and how somebody hears of it."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from evenhand_server.news.forms import CLOCK
from evenhand_server.news.kinds import How, Kind
from evenhand_server.news.models import MailHours, News
from evenhand_server.programs.fields import Asked, Shown, one_of

HOWS = [(how.value, how.value) for how in How]
Chosen = Annotated[str, one_of(HOWS)]
Clock = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["08:00"])]
ClockOrNone = Annotated[str, Field(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9])?$")]


class NewsShown(Shown):
    """Something that happened: its kind, what, where to look, and whether the person has seen it."""

    id: str
    kind: str
    what: str
    about: str
    path: str
    at: datetime
    is_seen: bool

    @classmethod
    def of(cls, news: News) -> Self:
        """This news."""
        known = {name: getattr(news, name) for name in ("kind", "what", "about", "path", "at")}
        return cls(id=news.public_id, is_seen=news.seen_at is not None, **known)


class MailShown(Shown):
    """How the person hears of each kind by mail, and when."""

    requests: str
    terms: str
    offers: str
    words: str
    deals: str
    records: str
    server: str
    daily_at: str
    quiet_from: str
    quiet_until: str

    @classmethod
    def of(cls, choices: dict[Kind, How], hours: MailHours) -> Self:
        """These choices; quiet hours are empty where there are none."""
        clocks = {name: getattr(hours, name) for name in ("daily_at", "quiet_from", "quiet_until")}
        written = {name: at.strftime(CLOCK) if at else "" for name, at in clocks.items()}
        return cls(**{kind.value: how.value for kind, how in choices.items()}, **written)


class MailAsked(Asked):
    """How the person wants to hear of each kind by mail, and when."""

    requests: Chosen = How.AT_ONCE.value
    terms: Chosen = How.AT_ONCE.value
    offers: Chosen = How.AT_ONCE.value
    words: Chosen = How.AT_ONCE.value
    deals: Chosen = How.AT_ONCE.value
    records: Chosen = How.AT_ONCE.value
    server: Chosen = How.AT_ONCE.value
    daily_at: Clock = "08:00"
    quiet_from: Annotated[ClockOrNone, Field(examples=["22:00"])] = ""
    quiet_until: Annotated[ClockOrNone, Field(examples=["07:00"])] = ""
