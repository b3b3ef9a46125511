"""Quiet hours and the hour of the daily mail, by the clock where a person lives, over changes of that clock too."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Quiet:
    """From one time of the clock to another, perhaps over midnight."""

    begins: time
    ends: time

    def holds_at(self, clock: time) -> bool:
        """Whether it is quiet when the clock shows this."""
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends


def after_quiet(moment: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """This moment, or the end of the quiet hours that it falls into."""
    local = moment.astimezone(zone)
    if quiet is None or not quiet.holds_at(local.time()):
        return moment
    day = local.date() if local.time() < quiet.ends else local.date() + timedelta(days=1)
    return latest(day, quiet.ends, zone)


def next_daily(moment: datetime, clock: time, zone: ZoneInfo) -> tuple[date, datetime]:
    """The next moment after this at which the clock shows that time, and the person's own day then."""
    today = moment.astimezone(zone).date()
    for day in (today, today + timedelta(days=1)):
        at = latest(day, clock, zone)
        if at > moment:
            return day, at
    raise AssertionError("tomorrow's comes after now")


def latest(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """When the clock shows this on that day: the second time where it does so twice.

    A time that the clock leaps over in spring counts as if it had not been put forward, so it comes after the leap.
    """
    local = [datetime.combine(day, clock, zone).replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    return max(local)
