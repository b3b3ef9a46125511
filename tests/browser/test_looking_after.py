"""A server's first start on a phone, and the one click that stops mail: pages whose addresses only somebody is told."""

import os
import re
import subprocess
import sys
import time
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.demo_server import DemoServer
from tests.browser.hands import Mouse
from tests.browser.steps import heading, hear, note, publish, say, sign_in
from tests.browser.windows import Windows

WAIT_SECONDS = 60
BIKE = "Looking for a mountain bike in Hull, 480 pounds to spend"


def test_the_one_time_address_leads_from_an_account_to_the_setup_page(
    phone: Page, server: DemoServer, barriers: Look
) -> None:
    hand, name = Mouse(phone), f"keeper{time.time_ns()}"
    phone.goto(setup_address(server))
    expect(heading(phone)).to_have_text("Set this server up")
    assert barriers(phone) == []
    hand.write("User name", name)
    hand.write("E-mail", f"{name}@example.org")
    hand.write("Password", "a kettle among the swifts")
    hand.press("Make my account and go on")
    expect(note(phone)).to_contain_text("You look after this server now")
    expect(heading(phone)).to_have_text("This server")
    assert barriers(phone) == []
    hand.press(f"Send a test mail to {name}@example.org")
    code = re.findall(r"^\d{6}$", str(mail_to(f"{name}@example.org", server).get_payload()), re.MULTILINE)[0]
    hand.write("The six digits in the mail", code)
    hand.press("It arrived")
    expect(note(phone)).to_contain_text("Mail arrives")


def setup_address(server: DemoServer) -> str:
    """What `evenhand setup` prints at the machine, as a path."""
    command = [sys.executable, "-m", "evenhand_server.cli", "setup"]
    told = {"EVENHAND_DATA": str(server.data), "EVENHAND_DEMO": "1"}
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    said = subprocess.run(command, env={**kept, **told}, capture_output=True, text=True, check=True)
    return urlsplit(said.stdout.strip()).path


def test_one_click_in_a_mail_stops_mail_of_its_kind(windows: Windows, server: DemoServer, barriers: Look) -> None:
    rosa = Mouse(windows.open())
    sign_in(rosa, "rosa")
    say(rosa, BIKE)
    rosa.press("See what sellers see")
    publish(rosa)
    hear(rosa.page, "Hull Cycles")
    stop = str(mail_to("hull_cycles@example.org", server)["List-Unsubscribe"]).strip(" <>")
    stranger = Mouse(windows.open())
    stranger.page.goto(urlsplit(stop).path)
    expect(heading(stranger.page)).to_have_text("No more mail of this kind?")
    assert barriers(stranger.page) == []
    stranger.press("Stop this mail")
    expect(heading(stranger.page)).to_have_text("We write to you no more about this")
    assert barriers(stranger.page) == []


def mail_to(address: str, server: DemoServer) -> Message:
    """The last mail that the demo wrote to an address, once it is there."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        letters = [message_from_bytes(whole(file), policy=default) for file in sorted((server.data / "mail").glob("*"))]
        found = [letter for letter in letters if letter["To"] == address]
        if found:
            return found[-1]
        time.sleep(0.2)
    raise AssertionError(f"no mail to {address}")


def whole(file: Path) -> bytes:
    """The first mail in a file; Django puts a line of dashes below each."""
    return file.read_bytes().partition(b"\n" + b"-" * 79)[0]
