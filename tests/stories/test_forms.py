"""Forms come filled in as browsers take them."""

import re

import pytest
from django.test import Client

from evenhand_server.people.actor import Actor
from tests.deal import agree_on_terms, dealing_after_matching, offered

pytestmark = pytest.mark.django_db

DAYS = re.compile(r'<input type="date"[^>]*?value="([^"]*)"')


def days_in(browser: Client, address: str) -> list[str]:
    """What stands in the day fields of a page."""
    return DAYS.findall(browser.get(address).content.decode())


def test_the_days_of_an_offer_stand_in_its_form_as_browsers_take_them(
    rosa: Actor, hull_cycles: Actor, shops_browser: Client
) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    page = f"/dealings/{dealing.public_id}/offer"
    new = days_in(shops_browser, page)
    offered(hull_cycles, dealing)
    for days in (new, days_in(shops_browser, page)):
        assert days
        assert all(re.fullmatch(r"\d{4}-\d{2}-\d{2}", day) for day in days)
