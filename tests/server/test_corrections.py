"""What people put right before publishing teaches this server's operator, and nobody is in it."""

from decimal import Decimal

import pytest
from django.test import Client

from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.reading import Found, HeldBack, Reading, ReadWish, Span
from evenhand_server.cli import COMMANDS
from evenhand_server.intents.corrections import main, report
from evenhand_server.intents.models import Correction, Intent
from evenhand_server.intents.put_right import PutRight, put_right
from evenhand_server.intents.queries import corrections_made
from evenhand_server.people.actor import Actor
from tests.market import browser_of

pytestmark = pytest.mark.django_db

SENTENCE = "A Mountain  bike in Hull, 500 pounds, for Zephyrine"
HULL = Area("Hull", "GB", 53.7446, -0.3352, 15.0)
LEEDS = Area("Leeds", "GB", 53.79648, -1.54785, 15.0)


def publish_as(actor: Actor, kind: str) -> None:
    """Type the sentence, choose another kind, publish."""
    browser = browser_of(actor)
    address = draft_of(browser)
    browser.post(f"{address}/answers", {"field": "category", "choice": kind})
    browser.post(f"{address}/publication", {"idempotency_key": "k"})


def draft_of(browser: Client) -> str:
    """The address of a new draft."""
    return str(browser.post("/intents/drafts", {"text": SENTENCE}).headers["Location"])


def test_a_kind_put_right_by_two_parties_is_proposed_to_the_operator(
    rosa: Actor, tom: Actor, capsys: pytest.CaptureFixture[str]
) -> None:
    publish_as(rosa, "electric_bikes")
    main()
    assert capsys.readouterr().out.startswith("Nothing yet")
    publish_as(tom, "electric_bikes")
    main()
    line = "electric_bikes\tmountain bike\t# en: 2 parties; read as mountain_bikes\n"
    assert line in capsys.readouterr().out
    assert Intent.objects.count() == 2


def test_one_party_counts_once_however_often_it_says_so(rosa: Actor) -> None:
    for _ in range(2):
        publish_as(rosa, "electric_bikes")
    assert Intent.objects.count() == 2
    assert Correction.objects.count() == 1
    assert corrections_made() == []


def test_what_was_read_right_teaches_nothing(rosas_browser: Client) -> None:
    address = draft_of(rosas_browser)
    rosas_browser.post(f"{address}/answers", {"field": "conditions", "choice": "used"})
    rosas_browser.post(f"{address}/publication", {"idempotency_key": "k"})
    untouched = draft_of(rosas_browser)
    rosas_browser.post(f"{untouched}/publication", {"idempotency_key": "k2"})
    assert Intent.objects.count() == 2
    assert not Correction.objects.exists()


def test_nobody_is_in_a_correction(rosa: Actor) -> None:
    publish_as(rosa, "electric_bikes")
    (row,) = Correction.objects.values()
    assert "Zephyrine" not in str(row)
    assert str(rosa.party.public_id) not in str(row)
    assert set(row) == {"id", "field", "language", "words", "read", "meant", "proof"}


def test_two_corrections_of_one_party_have_nothing_in_common(rosa: Actor) -> None:
    publish_as(rosa, "electric_bikes")
    publish_as(rosa, "kids_bikes")
    proofs = Correction.objects.values_list("proof", flat=True)
    assert len(set(proofs)) == 2


def test_every_field_that_was_read_otherwise_is_told_in_codes_and_figures() -> None:
    reading = Reading("A mountain  Bike", "en")
    read = ReadWish(
        category=Found("bicycles", (Span(2, 16),)),
        place=Found(HULL),
        budget=Found(Budget(0, 50_000, "GBP")),
        quantity=Found(Quantity(Decimal(1))),
        condition=Found("new"),
        values=(Found("halal"),),
        must_haves=(Found("for my daughter"),),
    )
    wish = Wish(
        "mountain_bikes",
        LEEDS,
        Budget(0, 5_000_000, "GBP"),
        Quantity(Decimal(2), "pair"),
        conditions=frozenset({"used"}),
        must_haves=("for my son",),
    )
    assert put_right(reading, read, wish) == (
        PutRight("category", "en", "mountain bike", "bicycles", "mountain_bikes"),
        PutRight("place", "en", "", "Hull, GB", "Leeds, GB"),
        PutRight("budget", "en", "", "0 50000 GBP", "0 5000000 GBP"),
        PutRight("quantity", "en", "", "1", "2 pair"),
        PutRight("conditions", "en", "", "new", "used"),
    )


def test_what_was_left_out_or_taken_away_was_not_misread() -> None:
    added = put_right(Reading(""), ReadWish(), Wish("bicycles", HULL, Budget(0, 100, "GBP")))
    assert added == (PutRight("category", "", "", "", "bicycles"),)
    taken = put_right(Reading(""), ReadWish(place=Found(HULL)), Wish(area=Area(country="GB")))
    assert taken == ()


@pytest.mark.parametrize("text", ["Zephyrine's bike", "x" * 81])
def test_words_that_may_tell_of_somebody_are_not_kept(text: str) -> None:
    reading = Reading(text, "en", held_back=(HeldBack("name", Span(0, 9)),) if "'" in text else ())
    (one,) = put_right(reading, ReadWish(category=Found("bicycles", (Span(0, len(text)),))), Wish("kids_bikes"))
    assert one.words == ""


def test_what_has_no_words_is_counted() -> None:
    made = {"field": "category", "language": "en", "words": "", "read": "", "meant": "tents", "parties": 3}
    assert "category\tnothing -> tents\t# en: 3 parties\n" in report([made])  # type: ignore[list-item]


def test_the_command_is_one_of_the_servers() -> None:
    assert "corrections" in COMMANDS
