"""Quiet hours and the daily mail keep to the clock where a person lives, also when that clock is changed."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand_server.letters.models import Letter
from evenhand_server.news.actions import choose_mail, keep_hours, tell
from evenhand_server.news.hours import Quiet, after_quiet, next_daily
from evenhand_server.news.kinds import How, Kind
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
ZONES = [
    ZoneInfo(name) for name in ("UTC", "Europe/London", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe")
]
NIGHT = Quiet(time(22), time(7))


def utc(text: str) -> datetime:
    """A moment."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-10 21:59", "2026-01-10 21:59"),
        ("2026-01-10 22:00", "2026-01-11 07:00"),
        ("2026-01-11 03:00", "2026-01-11 07:00"),
        ("2026-01-11 07:00", "2026-01-11 07:00"),
        # In summer London is an hour ahead of UTC.
        ("2026-07-10 20:30", "2026-07-10 20:30"),
        ("2026-07-10 21:00", "2026-07-11 06:00"),
        # The clock goes forward on 29 March and back on 25 October.
        ("2026-03-28 23:00", "2026-03-29 06:00"),
        ("2026-03-29 00:59", "2026-03-29 06:00"),
        ("2026-10-24 22:00", "2026-10-25 07:00"),
        ("2026-10-25 00:30", "2026-10-25 07:00"),
        ("2026-10-25 01:30", "2026-10-25 07:00"),
    ],
)
def test_a_night_in_london_ends_at_seven_there(moment: str, expected: str) -> None:
    assert after_quiet(utc(moment), NIGHT, LONDON) == utc(expected)


def test_quiet_hours_that_end_in_the_hour_that_is_leapt_over_end_after_the_leap() -> None:
    assert after_quiet(utc("2026-03-29 00:10"), Quiet(time(23), time(1, 30)), LONDON) == utc("2026-03-29 01:30")


def test_quiet_hours_that_end_in_the_hour_that_comes_twice_end_the_second_time() -> None:
    assert after_quiet(utc("2026-10-25 00:10"), Quiet(time(23), time(1, 30)), LONDON) == utc("2026-10-25 01:30")


def test_who_names_no_quiet_hours_has_none() -> None:
    now = utc("2026-01-10 03:00")
    assert after_quiet(now, None, LONDON) == now


@pytest.mark.parametrize(
    ("moment", "day", "expected"),
    [
        ("2026-03-28 08:00", "2026-03-29", "2026-03-29 07:00"),
        ("2026-03-29 07:00", "2026-03-30", "2026-03-30 07:00"),
        ("2026-10-24 07:00", "2026-10-25", "2026-10-25 08:00"),
        ("2026-10-25 07:59", "2026-10-25", "2026-10-25 08:00"),
    ],
)
def test_the_daily_mail_comes_at_eight_by_the_clock_there(moment: str, day: str, expected: str) -> None:
    found, at = next_daily(utc(moment), time(8), LONDON)
    assert (found.isoformat(), at) == (day, utc(expected))


@pytest.mark.parametrize("clock", [time(1, 30), time(2, 30)])
def test_over_a_year_there_is_one_daily_mail_for_each_day_whatever_the_clock_does(clock: time) -> None:
    for zone in (LONDON, NEW_YORK):
        now, days = utc("2026-01-01 12:00"), []
        for _ in range(365):
            day, now = next_daily(now, clock, zone)
            days.append(day)
        assert [later - day for day, later in pairwise(days)] == [timedelta(days=1)] * 364


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds it


@given(MOMENTS, st.times(), st.times(), st.sampled_from(ZONES))
def test_after_quiet_hours_it_is_never_quiet_and_never_before_now(
    moment: datetime, begins: time, ends: time, zone: ZoneInfo
) -> None:
    quiet = Quiet(begins, ends)
    found = after_quiet(moment, quiet, zone)
    assert moment <= found < moment + timedelta(hours=26)
    if begins != ends and not is_clock_changed_about(found, zone):
        assert not quiet.holds_at(found.astimezone(zone).time())


def is_clock_changed_about(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock leaps thereabouts: the end of the quiet may then fall into an hour that is not there."""
    before, after = (moment + timedelta(hours=hours) for hours in (-3, 3))
    return before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()


@given(MOMENTS, st.times(), st.sampled_from(ZONES))
def test_the_next_daily_mail_is_within_a_day_or_so(moment: datetime, clock: time, zone: ZoneInfo) -> None:
    _, at = next_daily(moment, clock, zone)
    assert moment < at <= moment + timedelta(hours=26)


@pytest.mark.django_db(transaction=True)
def test_what_happens_in_the_night_comes_as_one_mail_in_the_morning(rosa: Actor) -> None:
    now = timezone.localtime(timezone.now(), LONDON)
    begins, ends = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    keep_hours(rosa, daily_at=time(8), quiet_from=begins, quiet_until=ends)
    for number in range(3):
        tell(rosa.person, "offer_made", party_id=rosa.party_id, path=f"/dealings/{number}")
    work_all()
    assert mail.outbox == []
    assert Letter.objects.count() == 1
    work_all(timezone.now() + timedelta(hours=4))
    (letter,) = mail.outbox
    assert str(letter.body).count("/dealings/") == 3


@pytest.mark.django_db(transaction=True)
def test_a_daily_mail_whose_hour_is_quiet_waits_for_the_end(rosa: Actor) -> None:
    keep_hours(rosa, daily_at=time(6), quiet_from=time(22), quiet_until=time(7))
    choose_mail(rosa, dict.fromkeys(Kind, How.DAILY))
    tell(rosa.person, "offer_made", party_id=rosa.party_id, path="/dealings/1")
    assert Letter.objects.get().due_at.astimezone(LONDON).time() == time(7)
