"""Every page can be read by everybody: on a desk, on a phone, enlarged, in the dark, by eye and by ear."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Literal
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver, resolve
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Look, Picture
from tests.browser.demo_server import DemoServer
from tests.browser.devices import DESK, NARROW, ZOOMED, Device
from tests.browser.hands import Hand, Mouse
from tests.browser.sights import NOT_FOUND, SIGHTS, STRANGER, Sight, bring_about, come_to, enter
from tests.browser.spoken import headings_of, jumps, stops_of, unclear
from tests.browser.windows import Windows

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many pixels the page is too wide."""
JARGON = re.compile(
    r"\b([A-Z]{2,}-[A-Z-]+|intent|vendor|dealing|proffer|veil|teaser|ceremony|custody|idempot\w+|payload|slug|null|None|"
    r"undefined|submit|click here|\w+_\w+)\b"
)
MAY_SPEAK_OF_CODES = {"terms", "terms_one", "terms_signed_in", "api_docs", "tokens"}
"""Here the short names of terms and of fields are what the page is about."""
LEADS_ELSEWHERE = {HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
"""The answers of addresses that are no pages: they take forms, or lead on."""


@dataclass
class Crowd:
    """A signed-in window for everybody of whom there is a sight, and where the sights are."""

    windows: Windows
    hands: dict[str, Hand]
    addresses: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def crowd(browser: Browser, server: DemoServer) -> Iterator[Crowd]:
    """Everybody, on a market in which enough has happened."""
    windows = Windows(browser, server.url)
    names = dict.fromkeys(sight.who for sight in SIGHTS)
    crowd = Crowd(windows, {who: Mouse(windows.open(DESK)) for who in names})
    for who, hand in crowd.hands.items():
        if who != STRANGER:
            enter(hand, who)
    bring_about(crowd.hands)
    for sight in SIGHTS:
        crowd.addresses[sight.name] = come_to(crowd.hands[sight.who].page, sight, crowd.addresses)
    yield crowd
    windows.close()


@pytest.mark.parametrize("sight", SIGHTS, ids=[sight.name for sight in SIGHTS])
def test_everybody_can_read_it(sight: Sight, crowd: Crowd, barriers: Look, picture: Picture) -> None:
    page = crowd.hands[sight.who].page
    complaints_before = len(crowd.windows.complaints)
    look_through(page, DESK, "light")
    page.goto(crowd.addresses[sight.name])
    picture(page, f"{sight.name}-desk-light")
    assert barriers(page) == []
    assert unclear(stops_of(page)) == []
    assert jumps(headings_of(page)) == []
    if sight.name not in MAY_SPEAK_OF_CODES:
        assert [stop.name for stop in stops_of(page) if JARGON.search(stop.name)] == []
    look_through(page, DESK, "dark")
    picture(page, f"{sight.name}-desk-dark")
    look_through(page, NARROW, "dark")
    picture(page, f"{sight.name}-phone-dark")
    assert barriers(page) == []
    assert page.evaluate(SIDEWAYS) <= 0
    look_through(page, NARROW, "light")
    picture(page, f"{sight.name}-phone-light")
    look_through(page, ZOOMED, "light")
    assert page.evaluate(SIDEWAYS) <= 0
    assert crowd.windows.complaints[complaints_before:] == []


def look_through(page: Page, device: Device, scheme: Literal["light", "dark"]) -> None:
    """Look at the same page through another window."""
    page.set_viewport_size({"width": device.width, "height": device.height})
    page.emulate_media(color_scheme=scheme)


def test_no_page_was_left_out(crowd: Crowd) -> None:
    seen = {resolve(urlsplit(address).path).view_name for name, address in crowd.addresses.items() if name != NOT_FOUND}
    rosa = crowd.hands["rosa"].page
    missing = []
    for name, address in sorted(all_pages()):
        if name in seen:
            continue
        answer = rosa.request.get(address, max_redirects=0)
        if answer.status not in LEADS_ELSEWHERE and "attachment" not in answer.headers.get("content-disposition", ""):
            missing.append((name, answer.status))
    assert missing == []


def all_pages() -> Iterator[tuple[str, str]]:
    """Every address for people by its name, with made-up ids."""
    for pattern in get_resolver().url_patterns:
        room = getattr(pattern, "namespace", None)
        for inner in getattr(pattern, "url_patterns", [pattern]):
            if room != "api":
                name = f"{room}:{inner.name}" if room else str(inner.name)
                prefix = str(pattern.pattern) if inner is not pattern else ""
                yield name, "/" + re.sub("<slug:[a-z_]+>", "0" * 32, prefix + str(inner.pattern))
