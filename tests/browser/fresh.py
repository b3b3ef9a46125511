"""A server that was just installed, with a mail server beside it, set up by Rosa on her phone."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_server import demo_server, free_port
from tests.browser.devices import PHONE
from tests.browser.hands import Mouse
from tests.browser.mailbox import Mailboxes, mailboxes
from tests.browser.steps import heading, publish, say
from tests.browser.windows import Windows

Look = Callable[[Page], list[str]]
PASSWORD = "a kettle among the swifts"
ROSA = "rosa@example.org"
SETUP = re.compile(r"/setup/\S+")


@contextmanager
def fresh_server(browser: Browser, folder: Path) -> Iterator[tuple[Windows, Mailboxes]]:
    """Windows on it, of which the first is Rosa's phone, and all mail that comes."""
    sent_by = "e@evenhand.example"
    settings = {"EVENHAND_OPEN_INTENTS": "10"}  # Rosa asks for something in each story.
    with (
        mailboxes(free_port()) as mail,
        demo_server(folder, "serve", **settings, EVENHAND_MAIL_URL=mail.url, EVENHAND_MAIL_FROM=sent_by) as server,
    ):
        windows = Windows(browser, server.url)
        hand = Mouse(windows.open(PHONE))
        told = SETUP.search((folder / "log").read_text(encoding="utf-8"))
        assert told
        hand.page.goto(told[0])
        set_up(hand, mail)
        yield windows, mail
        windows.close()
        assert windows.complaints == []


def set_up(hand: Mouse, mail: Mailboxes) -> None:
    """Rosa looks after the server herself, and sees that mail arrives."""
    hand.write("User name", "rosa")
    hand.write("E-mail", ROSA)
    hand.write("Password", PASSWORD)
    hand.page.get_by_role("main").get_by_role("button").first.click()
    expect(heading(hand.page)).to_have_text("This server")
    hand.press(f"Send a test mail to {ROSA}")
    hand.write("The six digits in the mail", mail.code_to(ROSA))
    hand.press("It arrived")
    expect(hand.page.get_by_text("A test mail has arrived by these settings")).to_be_visible()


def ask_others(hand: Mouse, sentence: str) -> None:
    """Publish a request nobody here answers, and go to the page for asking others."""
    say(hand, sentence)
    hand.press("See what sellers see")
    publish(hand)
    hand.press("Ask sellers who are not here", "link")


def check(hand: Mouse, barriers: Look | None) -> None:
    """Nothing bars the way, and nothing is cut off at the side of a phone."""
    if barriers is None:
        return
    assert barriers(hand.page) == []
    assert hand.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), hand.page.url
