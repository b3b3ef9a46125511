"""Until when somebody may answer or sign: days end where the asker lives."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

TIME_TO_ANSWER = timedelta(days=7)
TIME_FOR_A_COUNTER = timedelta(days=2)
"""A counter at the last moment would leave no time to read it."""
TIME_TO_SIGN = timedelta(days=7)
"""A device may be at home while its owner is not; but nobody waits for a signature for ever."""


def end_of_day(moment: datetime, zone: str) -> datetime:
    """The last minute of the day in which a moment falls where the asker lives: people think of days."""
    return moment.astimezone(ZoneInfo(zone)).replace(hour=23, minute=59, second=0, microsecond=0)
