"""Steps of a deal for tests, each by the same actions that pages and programs use."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget, Money
from evenhand.offers.offer import Delivery, Leaving, Line, Offer
from evenhand.words.reading import Reading
from evenhand.words.tokens import words_of
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.actions import publish_intent
from evenhand_server.intents.models import Intent
from evenhand_server.intents.wanted import Choices, wanted
from evenhand_server.offers.actions import accept_offer, make_offer
from evenhand_server.offers.models import Acceptance, OfferVersion
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import own_words
from evenhand_server.terms.actions import answer_terms
from evenhand_server.terms.models import Outcome
from evenhand_server.workers.run import work_all
from tests.market import SENTENCE

BIKE = Wish(
    category="mountain_bikes",
    area=Area("Hull", "GB", 53.7446, -0.3352, 25.0),
    budget=Budget(0, 50_000, "GBP"),
    words=frozenset(words_of(SENTENCE)),
)


def announce(
    asker: Actor,
    sentence: str = SENTENCE,
    wish: Wish = BIKE,
    *,
    terms: str = "PDC-INTENT",
    sellers: int = 10,
    days: int = 30,
    budget_shown: str = "banded",
) -> Intent:
    """Publish a sentence with its wish."""
    what = wanted(Reading(sentence), wish, own_words=own_words(asker), budget_shown=budget_shown)
    return publish_intent(asker, what, Choices(sellers, budget_shown, terms, timezone.now() + timedelta(days=days)))


def dealing_after_matching(asker: Actor, **choices: object) -> Dealing:
    """The first dealing of a new intent, once the workers have done their work."""
    intent = announce(asker, **choices)  # type: ignore[arg-type]
    work_all()
    return reread(dealings_of_intent(intent)[0])


def reread(dealing: Dealing) -> Dealing:
    """The dealing as it is now."""
    return dealings_of_intent(dealing.intent).get(pk=dealing.pk)


def agree_on_terms(vendor: Actor, dealing: Dealing) -> Dealing:
    """The vendor accepts the terms as they are."""
    answer_terms(vendor, dealing, Outcome.ACCEPTED)
    return reread(dealing)


def an_offer(pounds: int = 450, **changes: object) -> Offer:
    """One bike, delivered within a week."""
    line = Line("Trailhead 29er, size L", Decimal(1), Decimal(pounds), pounds * 100)
    offer = Offer(
        (line,),
        Money(pounds * 100, "GBP"),
        delivery=Delivery(within_days=7),
        leaving=Leaving(0, 14),
        valid_until=timezone.localdate() + timedelta(days=14),
    )
    return replace(offer, **changes)  # type: ignore[arg-type]


def offered(vendor: Actor, dealing: Dealing, pounds: int = 450) -> OfferVersion:
    """An offer on this dealing."""
    return make_offer(vendor, dealing, an_offer(pounds))


def accepted(asker: Actor, vendor: Actor) -> tuple[Dealing, Acceptance]:
    """A deal from the first word to the signed agreement."""
    dealing = agree_on_terms(vendor, dealing_after_matching(asker))
    version = offered(vendor, dealing)
    acceptance = accept_offer(asker, dealing, version.number)
    work_all()
    return reread(dealing), acceptance
