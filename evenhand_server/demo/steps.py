"""The steps of a demo deal, by the same actions that pages and programs use; only the mail is left out."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from evenhand.intents.read import read, wish_from
from evenhand.measures import Money
from evenhand.offers.check import line_total
from evenhand.offers.offer import Chain, Delivery, Leaving, Line, Offer
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.actions import publish_intent
from evenhand_server.intents.models import Intent
from evenhand_server.intents.wanted import Choices, wanted
from evenhand_server.journal.models import DueRow
from evenhand_server.letters.models import Letter
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import own_words
from evenhand_server.words.sources import sources
from evenhand_server.workers.run import work_once
from evenhand_server.workers.steps import OUTSIDE

OFFER_STANDS_DAYS = 14


def announce(asker: Actor, sentence: str, *, terms: str, sellers: int, days: int) -> Intent:
    """Publish a sentence as it was read, and let the sellers hear of it."""
    own = own_words(asker)
    country = asker.person.country
    reading = read(sentence, now=timezone.localtime(), country=country, own=own, sources=sources())
    wish = wish_from(reading.wishes[0], text=sentence, unsure=True)
    what = wanted(reading, wish, own_words=own, budget_shown="banded")
    closes_at = timezone.now() + timedelta(days=days)
    intent = publish_intent(asker, what, Choices(sellers, "banded", terms, closes_at))
    work_without_mail()
    return intent


def work_without_mail() -> None:
    """Do what is due as a worker would, but write no mail: nobody waits for it."""
    DueRow.objects.filter(step__in=OUTSIDE).delete()
    while work_once():
        DueRow.objects.filter(step__in=OUTSIDE).delete()
    Letter.objects.filter(state=Letter.State.WAITING).delete()
    failed = DueRow.objects.exclude(last_error="").first()
    assert failed is None, f"the step {failed.step} failed: {failed.last_error}"


def dealing_with(intent: Intent, vendor: Actor) -> Dealing:
    """The dealing of an intent with one vendor, as it is now."""
    return dealings_of_intent(intent).get(vendor=vendor.party)


def offer_of(
    lines: Sequence[tuple[str, int, str]],
    *,
    currency: str = "GBP",
    within_days: int,
    included: tuple[str, ...] = (),
    leaving: Leaving,
    chain: Chain,
    **words: str,
) -> Offer:
    """An offer of lines: what, how many, and the price of one; ``words`` are its note, payment and contact."""
    priced = tuple(
        Line(what, Decimal(many), Decimal(price), line_total(Decimal(many), Decimal(price), currency))
        for what, many, price in lines
    )
    return Offer(
        priced,
        Money(sum(line.total for line in priced), currency),
        delivery=Delivery(within_days=within_days),
        included=included,
        leaving=leaving,
        chain=chain,
        valid_until=timezone.localdate() + timedelta(days=OFFER_STANDS_DAYS),
        **words,
    )
