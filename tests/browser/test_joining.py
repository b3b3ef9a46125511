"""A stranger joins, and loses nothing of what they began before."""

import re
import time
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.demo_server import DemoServer
from tests.browser.hands import Mouse
from tests.browser.steps import LONGEST_WAIT, heading, hear, note, publish, say, sign_in, try_to_sign_in
from tests.browser.windows import Windows

ROOF = "A roofer for our shed in Bristol, about 900 pounds"


def test_a_stranger_begins_a_draft_signs_up_and_publishes_it(windows: Windows, server: DemoServer) -> None:
    stranger = Mouse(windows.open())
    name = f"newcomer{time.time_ns()}"
    say(stranger, ROOF)
    stranger.press("See what sellers see")
    stranger.press("Make an account", "link")
    stranger.write("E-mail", f"{name}@example.org")
    stranger.write("User name", name)
    stranger.write("Password", "short")
    stranger.press("Make my account")
    expect(stranger.page.get_by_role("alert")).to_contain_text("too short")
    expect(stranger.page.get_by_label("User name", exact=True)).to_have_value(name)
    stranger.write("Password", "a kettle among the swifts")
    stranger.press("Make my account")
    expect(heading(stranger.page)).to_have_text("Look into your mailbox")

    stranger.page.goto(link_sent_to(f"{name}@example.org", server.data / "mail"))
    stranger.press("Yes, it is mine")
    expect(heading(stranger.page)).to_have_text("This is exactly what sellers see")
    publish(stranger)
    hear(stranger.page, "Bedminster Builders")


def link_sent_to(address: str, mailbox: Path) -> str:
    """The link in the message to this address, once it has come."""
    end = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < end:
        for file in sorted(mailbox.glob("*.log")):
            found = link_in(file.read_bytes(), address)
            if found:
                return found
        time.sleep(0.2)
    raise AssertionError(f"No message to {address} came.")


def link_in(message: bytes, address: str) -> str:
    """The link of a message to this address; empty when there is none."""
    read = message_from_bytes(message, policy=default)
    body = read.get_body(("plain",))
    link = re.search(r"http\S+", body.get_content() if body else "")
    return link[0] if link and address in str(read["To"]) else ""


def test_signing_in_leads_back_to_the_draft(desk: Page) -> None:
    rosa = Mouse(desk)
    say(rosa, ROOF)
    rosa.press("See what sellers see")
    draft = rosa.page.url
    rosa.press("Sign in to publish", "link")
    try_to_sign_in(rosa, "rosa", "not her password")
    expect(rosa.page.get_by_role("alert")).to_be_visible()
    sign_in(rosa, "rosa")
    assert rosa.page.url == draft
    rosa.page.goto("/intents")
    expect(rosa.page.get_by_role("region", name="Begun, not published yet")).to_contain_text(ROOF)
    rosa.page.goto(draft)
    rosa.press("Change something", "link")
    rosa.press("Throw this draft away")
    expect(note(rosa.page)).to_have_text("The draft is gone.")
