"""The demo market: invented once, never beside real people, and worth trying things in."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from evenhand.intents.read import read, wish_from
from evenhand.measures import Area
from evenhand.relationships.verify import verify
from evenhand_server.dealings.queries import dealings_of_intent, dealings_of_vendor, messages_of
from evenhand_server.demo.__main__ import main
from evenhand_server.demo.market import invent_market
from evenhand_server.demo.people import PASSWORD, address_of
from evenhand_server.demo.rows import rows_of
from evenhand_server.demo.vendors import corrected, interest_from, reading_of
from evenhand_server.intents.models import Intent
from evenhand_server.intents.queries import has_confirmed_mailbox, intents_of
from evenhand_server.interests.queries import standing_terms
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.matching.asking import Question
from evenhand_server.matching.queries import find_interests
from evenhand_server.messages import VALUES
from evenhand_server.offers.queries import acceptance_of, offers_for
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of, memberships_of
from evenhand_server.people.roles import Role
from evenhand_server.people.terms import roster
from evenhand_server.relationships.queries import bundle_for, relationship_on
from evenhand_server.terms.queries import ceremony_of, disclosures_of
from evenhand_server.words.sources import sources
from tests.market import person

SENTENCES = {
    "Looking for a mountain bike in Hull, 500 pounds to spend - "
    "p.s. I ride the hard trails and am rather tall!": "Hull Cycles",
    "A child's stroller, Lewisham area, I have 150 for it. "
    "p.s. I belong to the fair trade alliance, so ethical products appeal to me": "Fairway Prams",
    "We need 40 refurbished laptops for our school in Leeds before Easter, budget 12k": "Second Life Laptops",
}


@pytest.fixture(scope="module")
def _market(places: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The market as it is when a visitor comes: invented once for all tests that look at it, and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert invent_market() is not None
        yield
        transaction.set_rollback(True)


def who(username: str) -> Actor:
    """Somebody of the demo, acting for themself."""
    return actor_of(Person.objects.get(username=username))


@pytest.mark.usefixtures("db")
def test_the_market_is_invented_once() -> None:
    market = invent_market()
    assert market is not None
    assert (market.vendors, market.interests) == (45, 120)
    entries = Entry.objects.count()
    assert not mail.outbox

    assert invent_market() is None
    assert (Entry.objects.count(), Person.objects.count()) == (entries, market.people)


@pytest.mark.usefixtures("db")
def test_nothing_is_invented_beside_real_people(
    settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    person("rosa")
    Person.objects.update(email="rosa@humber.example")
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=True)

    assert main() == 1
    assert "real people" in capsys.readouterr().err
    assert Person.objects.count() == 1


@pytest.mark.usefixtures("db")
def test_only_a_demo_server_has_a_demo_market(
    settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=False)

    assert main() == 1
    assert "evenhand demo" in capsys.readouterr().err
    assert not Person.objects.exists()


@pytest.mark.usefixtures("db")
def test_starting_again_says_that_the_market_is_there(
    settings: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, demo=True)

    assert main() == 0
    assert "45 vendors" in capsys.readouterr().out
    Person.objects.filter(username="rosa").update(username="erased-1", email="", name="")
    assert main() == 0
    assert "from last time" in capsys.readouterr().out


@pytest.mark.usefixtures("_market")
def test_each_of_rosas_sentences_finds_sellers_to_choose_from() -> None:
    for sentence, expected in SENTENCES.items():
        names = sellers_for(sentence)
        assert len(names) > 1, sentence
        assert expected in names


def sellers_for(sentence: str) -> list[str]:
    """Who answers a sentence as it was read, best first."""
    reading = read(sentence, now=timezone.localtime(), country="GB", sources=sources())
    wish = wish_from(reading.wishes[0], text=sentence, unsure=True)
    today = timezone.localdate()
    found = find_interests(Question(wish, today, "PDC-INTENT"), top=50)
    return [hit.version.interest.party.name for hit in found.best]


@pytest.mark.usefixtures("_market")
def test_fair_trade_evidence_puts_its_seller_first() -> None:
    sentence = next(sentence for sentence, vendor in SENTENCES.items() if vendor == "Fairway Prams")
    assert sellers_for(sentence)[0] == "Fairway Prams"


@pytest.mark.usefixtures("_market")
def test_rosas_deal_was_lived_through_and_goes_on() -> None:
    rosa, music = who("rosa"), who("avenues_music")
    intent = next(intent for intent in intents_of(rosa) if acceptance_of(intent) is not None)
    dealing = dealings_of_intent(intent).get(vendor=music.party)

    assert relationship_on(dealing) is not None
    assert [one.field for one in disclosures_of(dealing)] == ["name", "phone"]
    assert messages_of(dealing).count() == 2
    assert {one.decline.reason for one in dealings_of_intent(intent).exclude(pk=dealing.pk)} == {"went_with_another"}
    for side in (rosa, music):
        assert verify(bundle_for(side, dealing)).is_valid


@pytest.mark.usefixtures("_market")
def test_two_offers_wait_for_rosa_to_compare() -> None:
    waiting = [intent for intent in intents_of(who("rosa")) if intent.is_open(timezone.now())]
    assert [len(offers_for(intent)) for intent in waiting] == [2]


@pytest.mark.usefixtures("_market")
def test_a_teaser_waits_for_hull_cycles_which_accepts_no_terms_unread() -> None:
    hull_cycles = who("hull_cycles")
    (dealing,) = dealings_of_vendor(hull_cycles)
    ceremony = ceremony_of(dealing, "intent")  # type: ignore[arg-type]

    assert standing_terms(hull_cycles.party_id) == frozenset()
    assert dealing.intent.party.name != "Rosa Lindqvist"
    assert ceremony is not None
    assert ceremony.state == "proffered"


@pytest.mark.usefixtures("_market")
def test_tom_is_nobodys_business_and_sees_nothing() -> None:
    tom = who("tom")
    assert not intents_of(tom)
    assert not dealings_of_vendor(tom)


@pytest.mark.usefixtures("_market")
def test_every_open_request_found_somebody() -> None:
    open_ones = [intent for intent in Intent.objects.all() if intent.is_open(timezone.now())]
    assert len(open_ones) == 5
    assert all(dealings_of_intent(intent).exists() for intent in open_ones)


@pytest.mark.usefixtures("_market")
def test_the_school_buys_and_approves_and_the_laptop_shop_sells() -> None:
    roles = {
        name: [Role(one.role) for one in memberships_of(who(name).person)]
        for name in ("aire_school", "aire_school_buyer", "aire_school_approver", "second_life_seller")
    }
    assert roles == {
        "aire_school": [Role.SELF, Role.STEWARD],
        "aire_school_buyer": [Role.SELF, Role.BUYER],
        "aire_school_approver": [Role.SELF, Role.APPROVER],
        "second_life_seller": [Role.SELF, Role.SELLER],
    }


@pytest.mark.usefixtures("_market")
@pytest.mark.parametrize("username", ["rosa", "hull_cycles", "tom"])
def test_visitors_sign_in_with_the_one_password(username: str, settings: pytest.FixtureRequest) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    browser = Client()
    answer = browser.post("/account/login/", {"login": username, "password": PASSWORD})

    assert answer.status_code == 302
    assert has_confirmed_mailbox(who(username).person)


@pytest.mark.usefixtures("_market")
def test_no_mail_waits_to_be_written_and_no_step_failed() -> None:
    left = {"count_kept_deals", "expire_intent", "expire_proffer", "match_interest"}
    assert set(DueRow.objects.values_list("step", flat=True)) == left
    assert not DueRow.objects.exclude(last_error="").exists()


def test_every_vendors_sentence_is_understood_or_corrected() -> None:
    countries = {row["username"]: row["country"] for row in everybody()}
    for row in rows_of("interests"):
        country = countries[row["vendor"]]
        value = corrected(interest_from(reading_of(row, country)), row, country)

        assert value.categories, row["sentence"]
        assert all(node in sources().tree for node in value.categories), row["sentence"]
        assert value.area != Area(), row["sentence"]
        assert 0 < value.lowest < value.highest, row["sentence"]
        assert value.currency == ("GBP" if country == "GB" else "EUR"), row["sentence"]


def everybody() -> list[dict[str, str]]:
    """All whom the demo invents."""
    return [*rows_of("people"), *(row for row in rows_of("vendors") if row["name"])]


def test_the_tables_agree_with_each_other_and_with_the_product() -> None:
    usernames = [row["username"] for row in everybody()]
    vendors = {row["username"] for row in rows_of("vendors")}

    assert len(usernames) == len(set(usernames))
    assert vendors <= set(usernames)
    assert {row["vendor"] for row in rows_of("interests")} == vendors
    assert {row["vendor"] for row in rows_of("evidence")} <= vendors
    assert {row["value"] for row in rows_of("evidence")} <= dict(VALUES).keys()
    assert {name for row in rows_of("vendors") for name in row["terms"].split()} <= {terms.id for terms in roster()}


def test_nobody_real_can_get_the_demos_mail() -> None:
    assert address_of("rosa").endswith("@example.org")
