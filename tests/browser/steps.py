"""Steps of a deal in a browser, told by what stands on the page: headings, labels and buttons."""

import re
import time

from playwright.sync_api import Locator, Page, expect

from evenhand.relationships.verify import Report, verify
from tests.browser.hands import Hand

PASSWORD = "even-terms-for-all"
LONGEST_WAIT = 30.0
"""Seconds for the workers of a busy machine."""


def sign_in(hand: Hand, username: str, password: str = PASSWORD) -> None:
    """Sign in on the page for that, from wherever one is."""
    if "/account/login" not in hand.page.url:
        hand.page.goto("/account/login/")
    try_to_sign_in(hand, username, password)
    expect(hand.page).not_to_have_url(re.compile("/account/login"))


def try_to_sign_in(hand: Hand, username: str, password: str) -> None:
    """Fill in the form and send it."""
    hand.write("User name or e-mail", username)
    hand.write("Password", password)
    hand.press("Sign in")


def say(hand: Hand, sentence: str) -> None:
    """Type a sentence into the one box."""
    hand.page.goto("/")
    hand.write("What are you looking for?", sentence)
    hand.press("Show what you understood")
    expect(heading(hand.page)).to_have_text("This is what we understood")


def publish(hand: Hand) -> None:
    """Publish what the preview shows."""
    hand.press("Publish")
    expect(heading(hand.page)).to_have_text("Your request")


def hear(page: Page, seller: str) -> str:
    """Wait until a seller has heard of the request on this page, and go to the dealing; by which name they know me."""
    link = page.get_by_role("main").get_by_role("link", name=seller, exact=True)
    until(link)
    link.click()
    return name_given(page)


def name_given(page: Page) -> str:
    """What the seller calls the person who asks."""
    told = re.search(r"They call you (.+?), a name", part(page, "What they see of you").inner_text())
    assert told, page.url
    return told[1]


def act_for(hand: Hand, party: str, role: str) -> None:
    """Act for somebody else from now on."""
    hand.open("Acting for")
    hand.press(f"{party} {role}", of=hand.page.get_by_role("banner"))
    expect(hand.page.get_by_role("banner").locator("summary", has_text="Acting for")).to_contain_text(party)


def go_to(hand: Hand, name: str) -> None:
    """Follow the main navigation, which a narrow window folds into a menu."""
    page = hand.page
    if page.locator("summary", has_text="Menu").is_visible():
        hand.open("Menu")
    bar = page.get_by_role("navigation", name="Main").locator("visible=true")
    hand.press(name, "link", of=bar)


def open_request(hand: Hand, name: str) -> None:
    """From the inbox to the dealing with somebody."""
    go_to(hand, "Inbox")
    hand.press(name, "link")
    expect(heading(hand.page)).to_have_text(name)


def accept_terms(hand: Hand) -> None:
    """Agree to the terms that the other side named."""
    hand.press("Accept these terms and sign")
    expect(note(hand.page)).to_have_text("Agreed, and signed by both sides.")


def ask(hand: Hand, question: str) -> None:
    """Ask the other side something."""
    hand.write("Ask them something", question)
    hand.press("Send the question")
    expect(note(hand.page)).to_have_text("Sent.")


def answer(hand: Hand, question: str, words: str) -> None:
    """Answer what the other side asked."""
    until(hand.page.get_by_text(question))
    hand.write(f"Your answer: {question}", words)
    hand.press(re.compile(f"^Send the answer.*{re.escape(question)}$"))
    expect(note(hand.page)).to_have_text("Sent.")


def offer(hand: Hand, what: str, price: str, *, quantity: str = "1", days: str = "5") -> None:
    """Make an offer of one line."""
    hand.press("Make an offer", "link")
    line = hand.page.get_by_role("group", name="Line 1")
    hand.write("What", what, of=line)
    hand.write("How many", quantity, of=line)
    hand.write("Price of one", price, of=line)
    hand.write("Or within so many days", days)
    hand.press("Send the offer")
    expect(note(hand.page)).to_have_text("Your offer is with them.")


def accept_offer(hand: Hand, seller: str, total: str) -> None:
    """From the comparison to the signed agreement."""
    hand.press(f"Look closer and accept: {seller}", "link")
    expect(heading(hand.page)).to_have_text(f"The offer from {seller}")
    hand.press(f"Accept and sign: {total}")
    expect(note(hand.page)).to_have_text(re.compile("Agreed, and signed by both sides"))


def disclose(hand: Hand, detail: str) -> None:
    """Let the seller know one detail."""
    hand.tick(detail, "checkbox")
    hand.press("Let them know what I ticked")
    expect(note(hand.page)).to_have_text(re.compile("They can see it now"))


def take_home(hand: Hand) -> Report:
    """Download everything of a dealing, and check it without the server."""
    return verify(hand.fetch("Download it all as one file"))


def heading(page: Page) -> Locator:
    """What the page is about."""
    return page.get_by_role("heading", level=1)


def note(page: Page) -> Locator:
    """What the page says was just done."""
    return page.get_by_role("main").get_by_role("status").first


def part(page: Page, name: str) -> Locator:
    """A part of the page by its heading."""
    return page.get_by_role("region", name=name, exact=True)


def facts(where: Locator) -> list[tuple[str, str]]:
    """The facts that a part of the page lists."""
    return list(zip(*(where.get_by_role(role).all_inner_texts() for role in ("term", "definition")), strict=True))


def until(what: Locator) -> None:
    """Look at the page again and again until something stands on it, as people do who wait."""
    end = time.monotonic() + LONGEST_WAIT
    while not what.first.is_visible():
        assert time.monotonic() < end, f"{what} never came on {what.page.url}"
        what.page.wait_for_timeout(200)
        what.page.reload()
