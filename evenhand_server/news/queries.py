"""Reading what a person was told, and how they want to be told."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from evenhand.records import digest
from evenhand_server.news.hours import Quiet
from evenhand_server.news.kinds import UNASKED, How, Kind
from evenhand_server.news.models import Feed, MailChoice, MailHours, News
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person

IN_FEED = 50
MOST_COUNTED = 99


def news_of(person: Person) -> QuerySet[News]:
    """What a person was told, newest first, for whomever they act."""
    return (
        News.objects.filter(person=person)
        .select_related("party", "dealing__vendor", "dealing__wish__sentence")
        .order_by("-at", "-id")
    )


def news_for(actor: Actor) -> QuerySet[News]:
    """What a person was told for the party that they act for, newest first."""
    return news_of(actor.person).filter(party_id=actor.party_id)


def unseen_of(person: Person) -> QuerySet[News]:
    """What they have not seen yet."""
    return News.objects.filter(person=person, seen_at__isnull=True)


def count_unseen(person: Person) -> int:
    """How much they have not seen yet; beyond a hundred nobody counts."""
    return unseen_of(person).order_by()[: MOST_COUNTED + 1].count()


def told_elsewhere(actor: Actor, path: str) -> News | None:
    """News that led here for another party that this person acts for, where the one at hand may see nothing."""
    rows = News.objects.filter(person=actor.person, path=path).exclude(party_id=actor.party_id)
    return rows.select_related("party").order_by("-id").first()


def news_in(letter_id: int) -> list[News]:
    """What a letter tells of and the person has not seen meanwhile, the oldest first."""
    return list(News.objects.filter(letter_id=letter_id, seen_at__isnull=True).order_by("id"))


def choices_of(person: Person) -> dict[Kind, How]:
    """How a person hears of each kind by mail."""
    chosen = dict(MailChoice.objects.filter(person=person).values_list("kind", "how"))
    return {kind: How(chosen.get(kind.value, UNASKED.get(kind, How.AT_ONCE))) for kind in Kind}


def hours_of(person: Person) -> MailHours:
    """When a person wants mail."""
    return MailHours.objects.filter(person=person).first() or MailHours(person=person)


def quiet_of(hours: MailHours) -> Quiet | None:
    """Their quiet hours, where they have any."""
    if hours.quiet_from is None or hours.quiet_until is None:
        return None
    return Quiet(hours.quiet_from, hours.quiet_until)


def zone_of(person: Person) -> ZoneInfo:
    """The time zone in which a person lives."""
    return ZoneInfo(person.time_zone)


def has_feed(person: Person) -> datetime | None:
    """Since when a person has a feed, if they have one."""
    return Feed.objects.filter(person=person).values_list("at", flat=True).first()


def person_of_feed(secret: str) -> Person | None:
    """Whose feed lies at this secret address."""
    rows = Feed.objects.filter(digest=digest(secret.encode()), person__is_active=True).select_related("person")
    feed = rows.first()
    return feed.person if feed else None


def data_of(person: Person) -> dict[str, Any]:
    """All that is kept here of a person, as plain data."""
    hours = hours_of(person)
    return {
        "mail": {kind.value: how.value for kind, how in choices_of(person).items()},
        "daily_at": hours.daily_at.isoformat("minutes"),
        "quiet": [clock.isoformat("minutes") for clock in (hours.quiet_from, hours.quiet_until) if clock],
        "told": [
            {"at": one.at.isoformat(), "what": one.what, "path": one.path, "seen": one.seen_at is not None}
            for one in news_of(person)
        ],
    }
