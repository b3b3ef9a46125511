"""A coarse sign that somebody is real: how long they are here and how many deals they kept, in bands, without who.

A band that few share would say who it is, so then nothing is said.
"""

from datetime import datetime, timedelta

from django.db.models import Q

from evenhand_server.people.models import KeptDeals, Party
from evenhand_server.people.newcomers import kept_deals

FEWEST = 5
"""So many parties at least must share the two bands, or they are not told."""
SINCE = (("year", timedelta(days=365)), ("quarter", timedelta(days=90)))
NEW = "new"
KEPT = (("many", 5), ("some", 1))
NONE = "none"


def sign_of(party: Party, now: datetime) -> tuple[str, str]:
    """The two bands of a party: since when, how many kept; empty where too few share them."""
    since = next((band for band, age in SINCE if now - party.at >= age), NEW)
    kept = next((band for band, least in KEPT if kept_deals(party.pk) >= least), NONE)
    return (since, kept) if is_common(since, kept, now) else ("", "")


def is_common(since: str, kept: str, now: datetime) -> bool:
    """Whether enough parties share these bands; it looks no further than it must."""
    ages, counts = dict(SINCE), dict(KEPT)
    rows = Party.objects.all()
    rows = rows.filter(at__lte=now - ages[since]) if since in ages else rows.filter(at__gt=now - ages["quarter"])
    if since == "quarter":
        rows = rows.filter(at__gt=now - ages["year"])
    some = KeptDeals.objects.filter(count__gte=counts.get(kept, 1))
    if kept == "some":
        some = some.filter(count__lt=counts["many"])
    having = Q(pk__in=some.values("party_id"))
    rows = rows.filter(having if kept in counts else ~having)
    return len(rows.values_list("pk", flat=True)[:FEWEST]) >= FEWEST
