"""Jargon is shown to who writes it, with plainer words, and never stands in the way."""

import pytest
from django.http import QueryDict
from django.test import Client

from evenhand_server.dealings.models import Dealing, Message
from evenhand_server.offers.models import OfferVersion
from evenhand_server.people.actor import Actor
from evenhand_server.words.plainer import MOST_HINTS, hints_in, hints_of
from tests.deal import agree_on_terms, dealing_after_matching

pytestmark = pytest.mark.django_db

JARGON = "We leverage our synergies going forward"
LIVE = "/plainer_words"


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """Rosa and Hull Cycles have agreed on terms."""
    return agree_on_terms(hull_cycles, dealing_after_matching(rosa))


def test_a_phrase_is_told_with_what_is_plainer() -> None:
    assert ("going forward", "from now on") in [(one.said, one.plainer) for one in hints_of(JARGON)]
    assert hints_of("The dog's lead and a spare key") == []


def test_quotes_of_the_other_side_are_not_flagged() -> None:
    assert hints_of(f"> {JARGON}\r\nWhat do you mean by that?") == []
    assert hints_of(f"> What now?\r\n{JARGON}")


def test_all_words_of_a_form_are_looked_at_each_phrase_once() -> None:
    form = QueryDict(mutable=True)
    form.update({"text": JARGON, "included": JARGON, "description_2": "best-in-class bikes", "makes": "synergy"})
    said = [one.said for one in hints_in(form)]
    assert said.count("going forward") == 1
    assert said[-1] == "best-in-class"
    assert len(said) <= MOST_HINTS


def test_hints_come_while_a_seller_types_and_nothing_is_kept(shops_browser: Client) -> None:
    page = shops_browser.post(LIVE, {"text": JARGON}).content.decode()
    assert "<q>going forward</q> → from now on" in page
    assert 'could be plainer"' in page
    assert shops_browser.post(LIVE, {"text": "Plain and good."}).content.decode().strip() == ""
    assert "<script" not in shops_browser.post(LIVE, {"text": "<script>going forward"}).content.decode()
    assert Client().post(LIVE, {"text": JARGON}).status_code == 302
    assert not Message.objects.exists()


def test_a_message_with_jargon_is_sent_all_the_same(shops_browser: Client, dealing: Dealing) -> None:
    shops_browser.post(f"/dealings/{dealing.public_id}/messages", {"text": JARGON})
    assert Message.objects.get().text.body == JARGON


def test_who_asks_first_sees_hints_without_sending(rosas_browser: Client, dealing: Dealing) -> None:
    address = f"/dealings/{dealing.public_id}/messages"
    page = rosas_browser.post(address, {"text": JARGON, "check": "1"}).content.decode()
    assert "from now on" in page
    assert JARGON in page
    assert "Plain words, all of them." in rosas_browser.post(address, {"text": "Hello", "check": "1"}).content.decode()
    assert not Message.objects.exists()


def test_tom_checks_no_words_where_he_has_no_business(toms_browser: Client, dealing: Dealing) -> None:
    answer = toms_browser.post(f"/dealings/{dealing.public_id}/messages", {"text": JARGON, "check": "1"})
    assert answer.status_code == 404


def test_an_offer_with_jargon_shows_hints_when_asked_and_is_sent_all_the_same(
    shops_browser: Client, dealing: Dealing
) -> None:
    address = f"/dealings/{dealing.public_id}/offer"
    offer = {
        "currency": "GBP",
        "description_1": "A best-in-class bike",
        "price_1": "450",
        "valid_until": "2027-06-30",
    }
    page = shops_browser.post(address, {**offer, "check": "1"})
    assert page.status_code == 200
    assert "very good" in page.content.decode()
    assert "A best-in-class bike" in page.content.decode()
    assert not OfferVersion.objects.exists()
    assert shops_browser.post(address, offer).status_code == 302
    assert OfferVersion.objects.count() == 1


def test_every_box_for_words_to_the_other_side_can_be_checked(
    rosas_browser: Client, shops_browser: Client, dealing: Dealing
) -> None:
    page = f"/dealings/{dealing.public_id}"
    rosas_browser.post(f"{page}/messages", {"text": "Is it new?"})
    for browser, address, boxes in (
        (shops_browser, page, 2),
        (rosas_browser, page, 1),
        (shops_browser, f"{page}/offer", 1),
    ):
        html = browser.get(address).content.decode()
        assert html.count(f'data-live="{LIVE}"') == boxes
        assert html.count('name="check"') == boxes
