"""On paper: what was agreed prints without buttons and menus, in dark on white, whole, with its digests."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Picture
from tests.browser.demo_server import DemoServer
from tests.browser.devices import Device
from tests.browser.hands import Mouse
from tests.browser.steps import sign_in
from tests.browser.windows import Windows

PAPER = Device("paper", 718, 1047)
"""A4 less the margins of a printer, in the pixels of CSS: 190 by 277 mm at 96 to the inch."""
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
HIDDEN_ON_PAPER = "header.site-header, footer.site-footer, nav, .demo-bar, button, form, .actions, .skip, input, select"
SHOWN = "nodes => nodes.filter(node => node.checkVisibility()).map(node => node.outerHTML.slice(0, 80))"
CUT_OFF = """() => [...document.querySelectorAll("main *")].filter(node => node.checkVisibility() &&
    node.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map(node => node.outerHTML.slice(0, 80))"""
CLOSED = """() => [...document.querySelectorAll("main details")].filter(node => node.checkVisibility() && !node.open &&
    node.querySelector(":scope > :not(summary)").checkVisibility({contentVisibilityAuto: true}) === false).length"""
INK = """() => [...new Set([...document.querySelectorAll("main p, main dd, main li, main a, main h1, main h2")]
    .filter(node => node.checkVisibility()).map(node => getComputedStyle(node).color))]"""
LINK = "nodes => nodes.filter(node => node.checkVisibility()).map(node => getComputedStyle(node).textDecorationLine)"

Printed = Callable[[str], Page]


@pytest.fixture(scope="module")
def printed(browser: Browser, server: DemoServer) -> Iterator[Printed]:
    """Rosa's page as it goes to her printer, though she has her screen dark."""
    windows = Windows(browser, server.url)
    hand = Mouse(windows.open(PAPER, is_dark=True))
    sign_in(hand, "rosa")

    def show(path: str) -> Page:
        hand.page.emulate_media(media="screen")
        hand.page.goto(path)
        hand.page.emulate_media(media="print")
        return hand.page

    yield show
    windows.close()


def dealing_path(printed: Printed) -> str:
    """The page of a deal that Rosa made."""
    link = printed("/me/agreements").locator("article h2 a").first
    return str(link.get_attribute("href"))


PAGES = ("/me/agreements", "/terms", "/terms/PDC-INTENT", "dealing")


@pytest.mark.parametrize("path", PAGES)
def test_what_goes_to_paper_can_be_read_there(path: str, printed: Printed, picture: Picture) -> None:
    page = printed(dealing_path(printed) if path == "dealing" else path)
    picture(page, f"paper_{path.strip('/').replace('/', '_')}")
    assert page.locator(HIDDEN_ON_PAPER).evaluate_all(SHOWN) == []
    assert page.evaluate(CUT_OFF) == []
    assert page.evaluate(CLOSED) == 0
    for colour in page.evaluate(INK):
        assert max(map(int, re.findall(r"\d+", colour)[:3])) < 140, colour
    assert set(page.locator("main p a, main dd a, main li a").evaluate_all(LINK)) <= {"underline"}
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("path", PAGES)
def test_the_digest_of_what_was_signed_stands_on_the_paper(path: str, printed: Printed) -> None:
    page = printed(dealing_path(printed) if path == "dealing" else path)
    if path != "/terms":
        assert DIGEST.search(page.get_by_role("main").inner_text().replace("\n", ""))


def test_the_agreements_say_as_of_when_they_were_printed(printed: Printed) -> None:
    assert "As it stood on" in printed("/me/agreements").get_by_role("main").inner_text()
