"""What is limited and to how much; the operator may change each in ``EVENHAND_LIMITS``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
PART = re.compile(r"(?P<name>\w+)\s*=\s*(?:(?P<off>off)|(?P<count>\d{1,9})\s*/\s*(?P<many>\d{0,6})\s*(?P<unit>\w+))")
ALL = "all"


class Limit(StrEnum):
    """What is limited."""

    SIGN_IN = "sign_in"
    TRY_PASSWORD = "try_password"  # noqa: S105 - the name of a limit, not a password
    TRY_ACCOUNT = "try_account"
    SIGN_UP = "sign_up"
    ASK_FOR_MAIL = "ask_for_mail"
    DRAFT = "draft"
    READ = "read"
    LOOK_AHEAD = "look_ahead"
    PUBLISH = "publish"
    INVITE = "invite"
    OPEN_LINK = "open_link"
    ASK_FOR_CODE = "ask_for_code"
    TRY_CODE = "try_code"
    ANSWER = "answer"
    REPORT = "report"
    VERIFY = "verify"


@dataclass(frozen=True, slots=True)
class Rate:
    """So many within so many seconds; what was used comes back evenly over that time."""

    count: int
    seconds: int

    @property
    def interval(self) -> int:
        """After how many microseconds one more comes back."""
        return self.seconds * 1_000_000 // self.count


DEFAULTS: Mapping[Limit, Rate] = {
    Limit.SIGN_IN: Rate(30, 300),
    Limit.TRY_PASSWORD: Rate(5, 300),
    Limit.TRY_ACCOUNT: Rate(50, 3600),
    Limit.SIGN_UP: Rate(10, 3600),
    Limit.ASK_FOR_MAIL: Rate(10, 3600),
    Limit.DRAFT: Rate(60, 3600),
    Limit.READ: Rate(120, 60),
    Limit.LOOK_AHEAD: Rate(60, 600),
    Limit.PUBLISH: Rate(20, 3600),
    Limit.INVITE: Rate(60, 3600),
    Limit.OPEN_LINK: Rate(30, 600),
    Limit.ASK_FOR_CODE: Rate(3, 3600),
    Limit.TRY_CODE: Rate(5, 3600),
    Limit.ANSWER: Rate(120, 3600),
    Limit.REPORT: Rate(10, 3600),
    Limit.VERIFY: Rate(10, 3600),
}
"""Above what people do, and far below what a program can."""


def rate_of(limit: Limit) -> Rate | None:
    """How often this may be done on this server; none where the operator switched the limit off."""
    return read_rates(settings.LIMITS).get(limit)


@cache
def read_rates(text: str) -> Mapping[Limit, Rate]:
    """The defaults as ``EVENHAND_LIMITS`` changes them: ``publish=5/hour, read=off``; ``all=off`` lifts every one."""
    rates = dict(DEFAULTS)
    for part in filter(None, map(str.strip, text.split(","))):
        found = PART.fullmatch(part)
        if found is None:
            raise ImproperlyConfigured(
                f"EVENHAND_LIMITS: “{part}” is no limit. Write publish=20/hour, read=60/10seconds or sign_up=off."
            )
        for limit in limits_named(found["name"]):
            if found["off"]:
                rates.pop(limit, None)
            else:
                rates[limit] = Rate(positive(part, found["count"]), positive(part, found["many"]) * unit(found["unit"]))
    return rates


def limits_named(name: str) -> list[Limit]:
    """The limit of this name; “all” is every one."""
    if name == ALL:
        return list(Limit)
    if name not in set(Limit):
        raise ImproperlyConfigured(f"EVENHAND_LIMITS: there is no limit “{name}”; there are: {', '.join(Limit)}.")
    return [Limit(name)]


def positive(part: str, digits: str) -> int:
    """A number above zero; none written is one."""
    number = int(digits or 1)
    if not number:
        raise ImproperlyConfigured(f"EVENHAND_LIMITS: “{part}” allows nothing at all. Numbers begin at 1.")
    return number


def unit(name: str) -> int:
    """The seconds of a unit."""
    seconds = UNITS.get(name.removesuffix("s"))
    if seconds is None:
        raise ImproperlyConfigured(f"EVENHAND_LIMITS: “{name}” is no time; write {', '.join(UNITS)}.")
    return seconds
