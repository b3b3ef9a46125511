"""On a phone: Rosa reports a seller and blocks it; the operator decides, the seller appeals, and both read why."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.devices import PHONE
from tests.browser.hands import Hand, Mouse
from tests.browser.steps import heading, hear, publish, say, sign_in
from tests.browser.windows import Windows

BIKE = "Looking for a mountain bike in Hull, 470 pounds to spend, for a friend of mine who is rather tall"


def test_block_report_decision_appeal(windows: Windows, barriers: Callable[[Page], list[str]]) -> None:
    rosa, noel, shop = (Mouse(windows.open(PHONE)) for _ in range(3))
    sign_in(rosa, "rosa")
    say(rosa, BIKE)
    rosa.press("See what sellers see")
    publish(rosa)
    called = hear(rosa.page, "Hull Cycles")

    rosa.press("Report something", "link")
    assert barriers(rosa.page) == []
    rosa.press("Report it")
    expect(rosa.page.get_by_role("alert")).to_contain_text("Something needs another look")
    rosa.tick("They themselves")
    rosa.tick("They only want to know prices or people")
    rosa.write("In your words, if you like", "The same shop asks me what I earn.")
    rosa.press("Report it")
    expect(rosa.page.get_by_role("main")).to_contain_text("Not decided yet")
    assert barriers(rosa.page) == []
    block(rosa, barriers)

    sign_in(noel, "noel")
    noel.page.goto("/operator/reports")
    noel.press("They themselves: They only want to know prices or people", "link")
    expect(noel.page.get_by_role("main")).to_contain_text("asks me what I earn")
    expect(noel.page.get_by_role("main")).to_contain_text(called)
    expect(noel.page.get_by_role("main")).not_to_contain_text("Rosa")
    assert barriers(noel.page) == []
    decide(noel, "The report is right; both are told", "Ask only what an offer needs.")
    assert barriers(noel.page) == []

    sign_in(shop, "hull_cycles")
    shop.page.goto("/reports")
    assert barriers(shop.page) == []
    shop.press(f"About you, from {called}", "link")
    expect(shop.page.get_by_role("main")).to_contain_text("Ask only what an offer needs.")
    expect(shop.page.get_by_role("main")).not_to_contain_text("what I earn")
    assert barriers(shop.page) == []
    shop.write("What was overlooked?", "We asked nothing at all.")
    shop.press("Appeal")
    expect(shop.page.get_by_role("main")).to_contain_text("You appealed")

    noel.press("They themselves: They only want to know prices or people", "link")
    expect(noel.page.get_by_role("main")).to_contain_text("We asked nothing at all.")
    decide(noel, "Nothing is wrong with it", "So it was: no question stands there.")
    rosa.page.goto("/reports")
    rosa.press("They themselves: Hull Cycles", "link")
    expect(rosa.page.get_by_role("main")).to_contain_text("no question stands there")
    expect(rosa.page.get_by_role("button", name="Appeal")).to_have_count(0)


def block(rosa: Hand, barriers: Callable[[Page], list[str]]) -> None:
    """Block the seller from the dealing, see it in the list, and lift it again for the tests that follow."""
    rosa.press("They themselves", "link")
    rosa.press("Block this seller", "link")
    assert barriers(rosa.page) == []
    rosa.press("Block Hull Cycles")
    expect(heading(rosa.page)).to_have_text("Whom I blocked")
    assert barriers(rosa.page) == []
    rosa.press(re.compile("^Lift the block"))
    expect(rosa.page.get_by_role("main")).to_contain_text("Nobody")


def decide(noel: Hand, outcome: str, words: str) -> None:
    """Decide, with a reason for both."""
    noel.page.get_by_role("radio", name=outcome).check(force=True)
    noel.write("Why, in words that both sides can read", words)
    noel.press("Decide, and tell both")
    expect(heading(noel.page)).to_have_text("Reports to decide")
