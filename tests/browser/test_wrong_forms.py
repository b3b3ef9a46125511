"""A wrong form comes back filled in, says where it is wrong, and everybody can read it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Picture
from tests.browser.devices import NARROW
from tests.browser.hands import Keys, Mouse
from tests.browser.spoken import headings_of, jumps, stops_of, unclear
from tests.browser.steps import heading, part, say, sign_in, try_to_sign_in
from tests.browser.windows import Windows

Check = Callable[[Page, str], None]


@pytest.fixture
def check(barriers: Look, picture: Picture) -> Check:
    """Look at a page that came back, by eye and by ear."""

    def look(page: Page, name: str) -> None:
        assert barriers(page) == []
        assert unclear(stops_of(page)) == []
        assert jumps(headings_of(page)) == []
        picture(page, f"{name}-phone-dark")

    return look


def test_a_place_that_nobody_knows_is_pointed_at(windows: Windows, check: Check) -> None:
    rosa = Mouse(windows.open(NARROW, is_dark=True))
    say(rosa, "A tent in Leeds, 90 pounds")
    right = part(rosa.page, "Put it right")
    rosa.write("Where", "Nowhereville-on-Sea", of=right)
    rosa.write("Budget up to", "a lot", of=right)
    rosa.press("See what sellers see")
    wrong = rosa.page.get_by_role("alert")
    expect(wrong.get_by_role("listitem")).to_have_count(2)
    check(rosa.page, "wrong_draft")
    wrong.get_by_role("link", name="Where").click()
    Keys(rosa.page).write("Where", "Leeds", of=right)
    expect(right.get_by_label("Where", exact=True)).to_have_value("Leeds")
    expect(right.get_by_label("Budget up to")).to_have_value("a lot")


def test_signing_in_with_a_wrong_password_is_told(windows: Windows, check: Check) -> None:
    rosa = Mouse(windows.open(NARROW, is_dark=True))
    rosa.page.goto("/account/login/")
    try_to_sign_in(rosa, "rosa", "not her password")
    expect(rosa.page.get_by_role("alert")).to_contain_text("User name and password do not fit together.")
    check(rosa.page, "wrong_sign_in")


def test_a_seller_reads_what_was_understood_before_it_counts(windows: Windows, check: Check) -> None:
    tom = Mouse(windows.open(NARROW, is_dark=True))
    sign_in(tom, "tom")
    tom.page.goto("/interests")
    tom.write("What do you sell or do, where, and for how much?", "I tune pianos within 30 km of York, 60 to 90 pounds")
    tom.press("Show what you understood")
    expect(heading(tom.page)).to_have_text("Is this what you answer?")
    check(tom.page, "interest_read")
    tom.write("Prices up to", "1")
    tom.press("Yes, this is what I answer")
    expect(tom.page.get_by_role("alert")).to_contain_text("below the lower one")
    check(tom.page, "wrong_interest")
