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
from tests.browser.sights import NOT_FOUND, SIGHT, SIGHTS, STRANGER, Sight, bring_about, come_to, enter
from tests.browser.spoken import headings_of, jumps, stops_of, unclear
from tests.browser.windows import Windows

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
"""By how many pixels the page is too wide."""
JARGON = re.compile(
    r"\b([A-Z]{2,}-[A-Z-]+|intent|vendor|dealing|proffer|veil|teaser|ceremony|custody|idempot\w+|payload|slug|null|None|"
    r"undefined|submit|click here|\w+_\w+)\b"
)
SPEAKS_OF_CODES = {"terms", "terms_one", "terms_signed_in", "tokens"}
"""Here the short names of terms and of fields are what the page is about."""
ID = "[0-9a-f]{32}"
OPENED_BY_A_SECRET = {
    *("news:feed", "news:stop", "market:enter", "market:settle_failure", "directory:leave", "directory:one"),
    *("invitations:at", "invitations:link", "invitations:silence_from_mail", "invitations:account", "invitations:qr"),
    "account:erase_guest",
    *("invitations:sheet", "invitations:list", "invitations:supplier", "safety:one", "safety:decide"),
    *("keys:change", "keys:statement", "keys:signature", "keys:record", "offers:attachment"),
}
"""Pages at addresses that only a mail or another page tells; the tests of these look at them."""
DOCUMENTS = {
    *("published:well_known_terms", "published:well_known_terms_bare", "published:well_known_key"),
    *("published:organisation", "published:terms", "published:terms_bare", "published:key"),
}
"""What programs read, and the page of an organisation, which stands in for them."""
LEADS_ELSEWHERE = {HTTPStatus.FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
"""The answers of addresses that are no pages: they take forms, or lead on."""


@dataclass
class Crowd:
    """A signed-in window for everybody of whom there is a sight, and the addresses of sights so far."""

    windows: Windows
    hands: dict[str, Hand]
    addresses: dict[str, str] = field(default_factory=dict)

    def come_to(self, sight: Sight) -> Page:
        """The sight in the window of who sees it, by the links that lead there."""
        for name in re.findall(r"{(\w+)}", sight.start):
            if name not in self.addresses:
                self.come_to(SIGHT[name])
        page = self.hands[sight.who].page
        look_through(page, DESK, "light")
        self.addresses[sight.name] = come_to(page, sight, self.addresses)
        return page


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
    yield crowd
    windows.close()


@pytest.mark.parametrize("sight", SIGHTS, ids=SIGHT)
def test_everybody_can_read_it(sight: Sight, crowd: Crowd, barriers: Look, picture: Picture) -> None:
    complaints_before = len(crowd.windows.complaints)
    page = crowd.come_to(sight)
    picture(page, f"{sight.name}-desk-light")
    assert barriers(page) == []
    stops = stops_of(page)
    assert unclear(stops) == []
    assert sight.name in SPEAKS_OF_CODES or [stop.name for stop in stops if JARGON.search(stop.name)] == []
    assert jumps(headings_of(page)) == []
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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "draft",
            "Skip to the page; Bicycles > Mountain Bikes; up to £500; New; What kind of thing or service; Where; "
            "Within (km); Budget from; Budget up to; Currency; How many; Needed by; At most 5; Roughly, as a range; "
            "Read my request and answer it; Open until; See what sellers see; Throw this draft away",
        ),
        (
            "asker_offered",
            "Skip to the page; My requests; This request; Look closer and accept; Compare all offers; "
            "Ask them something; Send the question; Download it all as one file; Say no, and why",
        ),
        ("vendor_teaser", "Skip to the page; Inbox; Accept these terms and sign; Say no to these terms"),
        (
            "offer_new",
            "Skip to the page; Currency; What; How many; Price of one; Included, one a line; There by; "
            "Or within so many days; Delivery costs; What it costs to leave; Good until; Send the offer; Not now",
        ),
    ],
)
def test_read_aloud_the_page_makes_sense_from_top_to_bottom(name: str, expected: str, crowd: Crowd) -> None:
    heard = iter([stop.name for stop in stops_of(crowd.come_to(SIGHT[name]))])
    lost = [label for label in expected.split("; ") if label not in heard]
    assert lost == []


def test_the_pages_for_programmers_can_be_read_too(desk: Page, barriers: Look) -> None:
    desk.goto("/api/v1/docs")
    assert barriers(desk) == []
    look_through(desk, ZOOMED, "dark")
    assert desk.evaluate(SIDEWAYS) <= 0


def look_through(page: Page, device: Device, scheme: Literal["light", "dark"]) -> None:
    """Look at the same page through another window."""
    page.set_viewport_size({"width": device.width, "height": device.height})
    page.emulate_media(color_scheme=scheme)


def test_no_page_was_left_out(crowd: Crowd) -> None:
    for sight in SIGHTS:
        if sight.name not in crowd.addresses:
            crowd.come_to(sight)
    paths = {name: urlsplit(address).path for name, address in crowd.addresses.items() if name != NOT_FOUND}
    seen = {resolve(path).view_name for path in paths.values()}
    ids = {"intent_id": "request_offers", "draft_id": "draft", "dealing_id": "asker_accepted"}
    real = {name: next(iter(re.findall(ID, paths[sight]))) for name, sight in ids.items()}
    rosa = crowd.hands["rosa"].page
    missing = []
    for name, pattern in all_pages():
        address = re.sub(r"<\w+:(\w+)>", lambda found: real.get(found[1], found[1]), pattern)
        answer = None if name in seen | OPENED_BY_A_SECRET | DOCUMENTS else rosa.request.get(address, max_redirects=0)
        if answer and answer.status not in LEADS_ELSEWHERE and "content-disposition" not in answer.headers:
            missing.append((name, answer.status))
    assert missing == []


def all_pages() -> Iterator[tuple[str, str]]:
    """The pattern of every address for people, by its name."""
    for outer in get_resolver().url_patterns:
        room = getattr(outer, "namespace", None)
        for inner in getattr(outer, "url_patterns", [outer]):
            before = "/" if inner is outer else f"/{outer.pattern}"
            if room != "api":
                yield f"{room}:{inner.name}" if room else str(inner.name), f"{before}{inner.pattern}"
