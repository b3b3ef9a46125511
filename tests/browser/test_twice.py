"""An impatient finger makes nothing twice, and nobody reads what is somebody else's."""

import re
from http import HTTPStatus

import pytest
from playwright.sync_api import Page, expect

from tests.browser.hands import Mouse
from tests.browser.steps import heading, hear, say, sign_in
from tests.browser.windows import Windows

ID = re.compile("[0-9a-f]{32}")
MOWER = "A used lawn mower near Hull, up to 80 pounds, number {}"


@pytest.mark.parametrize("has_scripts", [True, False], ids=["with_scripts", "without_scripts"])
def test_a_double_click_and_the_back_button_publish_once(windows: Windows, has_scripts: bool) -> None:
    rosa = Mouse(windows.open(has_scripts=has_scripts))
    sentence = MOWER.format("one" if has_scripts else "two")
    sign_in(rosa, "rosa")
    say(rosa, sentence)
    rosa.press("See what sellers see")
    rosa.page.get_by_role("button", name="Publish").dblclick()
    expect(heading(rosa.page)).to_have_text("Your request")
    published = rosa.page.url

    rosa.page.go_back()
    if rosa.page.get_by_role("button", name="Publish").is_visible():
        rosa.press("Publish")
        assert rosa.page.url == published
    rosa.page.goto("/intents")
    expect(rosa.page.get_by_role("main").get_by_text(sentence)).to_have_count(1)


def test_tom_finds_nothing_where_rosas_pages_are(windows: Windows) -> None:
    rosa, tom = Mouse(windows.open()), Mouse(windows.open())
    sign_in(rosa, "rosa")
    say(rosa, "A mountain bike in Hull, 450 pounds")
    pages = [rosa.page.url]
    rosa.press("See what sellers see")
    pages.append(rosa.page.url)
    rosa.press("Publish")
    pages += [rosa.page.url, f"{rosa.page.url}/compare"]
    hear(rosa.page, "Hull Cycles")
    pages += [f"{rosa.page.url}{rest}" for rest in ("", "/offer", "/offer/acceptance", "/bundle")]

    sign_in(tom, "tom")
    for page in pages:
        there, not_there = status_and_words(tom.page, page), status_and_words(tom.page, ID.sub("0" * 32, page))
        assert there == not_there
        assert there[0] == HTTPStatus.NOT_FOUND


def status_and_words(page: Page, address: str) -> tuple[int, str]:
    """What comes from an address."""
    answer = page.goto(address)
    return (answer.status if answer else 0), page.get_by_role("main").inner_text()
