"""Terms on two phones: proffered, countered with what changes side by side, accepted, and a detail taken back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.devices import PHONE
from tests.browser.hands import Mouse
from tests.browser.steps import disclose, note, part, take_home, until
from tests.browser.test_deals import find_a_bike
from tests.browser.windows import Windows

WORDS = "hard trails"
COUNTER = re.compile("SD-BASE-ATP\\)")


def test_rosa_reads_a_counter_says_yes_and_takes_her_number_back(windows: Windows, barriers: Look) -> None:
    rosa, shop = Mouse(windows.open(PHONE)), Mouse(windows.open(PHONE))
    find_a_bike(rosa, shop)
    disclose(rosa, re.compile("^Phone"))
    until(part(shop.page, "What they told you").get_by_text("01632 960174"))

    rosa.open("Ask whether they want to go on")
    rosa.press("Ask them")
    until(shop.page.get_by_role("heading", name="They would like to go on with you"))
    looks_fine(shop.page, barriers)
    shop.open("Ask for other terms instead, once")
    shop.page.get_by_label("Terms you would accept").select_option(label=first_option(shop.page))
    shop.press("Ask for these terms")
    expect(note(shop.page)).to_contain_text("You asked for other terms")

    until(rosa.page.get_by_role("heading", name="What changes for you"))
    expect(part(rosa.page, "What changes for you")).to_contain_text("They may also:")
    expect(part(rosa.page, "What changes for you")).to_contain_text("draw up a picture of the person")
    looks_fine(rosa.page, barriers)
    rosa.press("Accept their terms and sign")
    expect(note(rosa.page)).to_have_text("Agreed, and signed by both sides.")

    rosa.press(re.compile("^Take back Phone"))
    expect(note(rosa.page)).to_contain_text("Taken back")
    until(part(shop.page, "What they told you").get_by_text("They took this back"))
    expect(shop.page.get_by_role("main")).not_to_contain_text("01632 960174")
    looks_fine(shop.page, barriers)

    rosa.press("Take the whole agreement back", "link")
    looks_fine(rosa.page, barriers)
    expect(rosa.page.get_by_role("main")).to_contain_text("What you bought stays bought")
    rosa.press("Take it all back")
    expect(note(rosa.page)).to_contain_text("Taken back. They see nothing of it here any more")
    until(part(shop.page, "They took their agreement back"))
    expect(shop.page.get_by_role("main")).not_to_contain_text(WORDS)
    looks_fine(shop.page, barriers)
    held = [take_home(hand) for hand in (rosa, shop)]
    assert all(report.is_valid for report in held)
    assert [record.kind for record in held[0].records].count("revocation") == 3


def test_the_pages_about_terms_and_keys_bar_nobodys_way(windows: Windows, barriers: Look) -> None:
    shop = Mouse(windows.open(PHONE, is_dark=True))
    shop.page.goto("/verify")
    looks_fine(shop.page, barriers)
    shop.page.goto("/account/login/")
    shop.write("User name or e-mail", "hull_cycles")
    shop.write("Password", "even-terms-for-all")
    shop.press("Sign in")
    for path in ("/me/terms", "/me/keys", "/me/changes", "/me/disclosures"):
        shop.page.goto(path)
        looks_fine(shop.page, barriers)


def first_option(page: Page) -> str:
    """The widest terms in the list, as a person would read them there."""
    options = page.get_by_label("Terms you would accept").locator("option").all_inner_texts()
    return next(option for option in options if COUNTER.search(option))


def looks_fine(page: Page, barriers: Look) -> None:
    """Nothing bars anybody's way, and nothing is wider than the phone."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
