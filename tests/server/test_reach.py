"""Before publishing: how many sellers would hear, in round numbers, and what one change would add."""

import pytest
from django.test import Client

from evenhand.interests.interest import Interest
from evenhand.matching.roughly import roughly
from evenhand.measures import Area
from evenhand_server.messages import say
from evenhand_server.people.actor import Actor
from tests.market import sells_mountain_bikes, shop
from tests.programs import program_of

pytestmark = pytest.mark.django_db
LEEDS = Area("Leeds", "GB", 53.7965, -1.5478, 30.0)
WORDS = "Looking for a mountain bike in Hull, 500 pounds to spend"


def draft_address(browser: Client, words: str = WORDS) -> str:
    """Where a new draft of these words lies."""
    return str(browser.post("/intents/drafts", {"text": words}).url)


def text_of(browser: Client, address: str) -> str:
    """A page's words, spaces made one."""
    return " ".join(browser.get(address).content.decode().split())


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (0, "none"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "about 5"),
        (7, "about 5"),
        (8, "about 10"),
        (49, "about 50"),
        (94, "about 90"),
        (149, "about 150"),
        (999, "about 1000"),
        (1000, "more than 1000"),
        (10**7, "more than 1000"),
    ],
)
def test_numbers_of_sellers_are_round(count: int, told: str) -> None:
    number = roughly(count)
    assert say(number.code, number.data) == told


def test_the_preview_says_how_many_would_hear_and_accept(rosas_browser: Client) -> None:
    for number in range(6):
        terms = frozenset({"PDC-INTENT"}) if number else frozenset()
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes(), terms=terms)
    page = text_of(rosas_browser, f"{draft_address(rosas_browser)}/preview")
    assert "Sellers who would hear of it: about 5." in page
    assert "about 5 accept your terms already" in page


def test_the_preview_says_what_one_change_would_add(rosas_browser: Client) -> None:
    shop("leeds", "Leeds Bikes", Interest(frozenset({"mountain_bikes"}), LEEDS, lowest=20_000, currency="GBP"))
    page = text_of(rosas_browser, f"{draft_address(rosas_browser)}/preview")
    assert "Nobody here would hear of it yet." in page
    assert "within 100 km: fewer than 5 more" in page


def test_of_more_than_may_hear_only_the_best_would(rosas_browser: Client) -> None:
    for number in range(12):
        shop(f"shop{number}", f"Shop {number}", sells_mountain_bikes())
    page = text_of(rosas_browser, f"{draft_address(rosas_browser)}/preview")
    assert "Sellers who fit: about 10. The best 10 would hear of it." in page


def test_while_somebody_corrects_the_draft_the_number_follows(rosas_browser: Client, hull_cycles: Actor) -> None:
    address = draft_address(rosas_browser)
    form = rosas_browser.get(address).context
    fields = {**form["wish_form"].initial, **form["choices_form"].initial}
    told = rosas_browser.post(f"{address}/sellers", fields).content.decode()
    assert "fewer than 5" in told
    dearer = fields | {"budget_most": "1"}
    assert "Nobody here" in rosas_browser.post(f"{address}/sellers", dearer).content.decode()
    assert rosas_browser.post(f"{address}/sellers", {}).content == b""


def test_whoever_asks_too_often_is_told_no_more_and_may_publish(
    rosas_browser: Client, hull_cycles: Actor, settings: pytest.FixtureRequest
) -> None:
    settings.LIMITS = "look_ahead=1/hour"
    address = f"{draft_address(rosas_browser)}/preview"
    assert "fewer than 5" in text_of(rosas_browser, address)
    page = text_of(rosas_browser, address)
    assert "You asked often" in page
    assert "fewer than 5" not in page


def test_of_somebody_elses_draft_nothing_is_told(rosas_browser: Client, toms_browser: Client) -> None:
    address = draft_address(rosas_browser)
    assert toms_browser.get(f"{address}/preview").status_code == 404
    assert toms_browser.post(f"{address}/sellers").status_code == 404


def test_programs_get_the_same_numbers(rosa: Actor, hull_cycles: Actor) -> None:
    rosas = program_of(rosa)
    told = rosas.post("/previews/sellers", {"text": WORDS})
    assert told["sellers"] == {"code": "roughly_few", "sentence": "fewer than 5", "data": {"count": "5"}}
    assert told["accepting"]["code"] == "roughly_none"
