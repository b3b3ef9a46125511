"""On a phone, from a server where nobody is: a buyer with a list of three sellers, and a shop that meets a QR code."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.demo_server import DemoServer, demo_server, free_port
from tests.browser.devices import PHONE
from tests.browser.hands import Mouse
from tests.browser.mailbox import Mailboxes, mailboxes
from tests.browser.steps import accept_terms, heading, note, offer, publish, say, until
from tests.browser.windows import Windows

SENTENCE = "A mountain bike near Hull for up to 500 pounds, for hard trails"
PASSWORD = "a kettle among the swifts"
ROSA = "rosa@example.org"
SHOPS = {"hull@example.net": "Hull Wheels", "bev@example.net": "Beverley Bikes", "york@example.net": "York Rides"}
SETUP = re.compile(r"/setup/\S+")

Look = Callable[[Page], list[str]]


@pytest.fixture(scope="module")
def mail() -> Iterator[Mailboxes]:
    """The mail server of the world outside."""
    with mailboxes(free_port()) as running:
        yield running


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory, mail: Mailboxes) -> Iterator[tuple[DemoServer, Path]]:
    """A server that was just installed, and what it said when it started."""
    folder = tmp_path_factory.mktemp("fresh")
    with demo_server(folder, "serve", EVENHAND_MAIL_URL=mail.url, EVENHAND_MAIL_FROM="e@evenhand.example") as running:
        yield running, folder / "log"


@pytest.fixture(scope="module")
def settled(browser: Browser, fresh: tuple[DemoServer, Path], mail: Mailboxes) -> Iterator[Windows]:
    """Windows on that server; Rosa has set it up, and her phone is the first of them."""
    server, log = fresh
    windows = Windows(browser, server.url)
    hand = Mouse(windows.open(PHONE))
    told = SETUP.search(log.read_text(encoding="utf-8"))
    assert told
    hand.page.goto(told[0])
    set_up(hand, mail)
    yield windows
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


def ask_others(hand: Mouse) -> None:
    """Publish a request nobody here answers, and go to the page for asking others."""
    say(hand, SENTENCE)
    hand.press("See what sellers see")
    publish(hand)
    hand.press("Ask sellers who are not here", "link")


def answer_from_mail(
    windows: Windows, mail: Mailboxes, address: str, barriers: Look | None = None, *, codes: int = 0
) -> Mouse:
    """A seller follows the newest link in their mailbox on a phone, and gives the code."""
    hand = Mouse(windows.open(PHONE))
    hand.page.goto(mail.link_to(address, "/i/"))
    expect(hand.page.get_by_role("main")).not_to_contain_text("hard trails")
    check(hand, barriers)
    hand.press("Send me the code")
    check(hand, barriers)
    hand.write("The code from the mail", mail.code_to(address, after=codes))
    hand.press("Go on")
    return hand


def check(hand: Mouse, barriers: Look | None) -> None:
    """Nothing bars the way, and nothing is cut off at the side of a phone."""
    if barriers is None:
        return
    assert barriers(hand.page) == []
    assert hand.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), hand.page.url


def test_a_buyer_alone_gets_three_offers_by_mail_and_accepts_one(
    settled: Windows, mail: Mailboxes, barriers: Look, tmp_path: Path
) -> None:
    rosa = Mouse(settled.contexts[0].pages[0])
    file = tmp_path / "bikes.csv"
    file.write_text("e-mail;name;note\n" + "".join(f"{email};{name};\n" for email, name in SHOPS.items()))
    ask_others(rosa)
    check(rosa, barriers)
    request = rosa.page.url
    rosa.press("Make a list", "link")
    check(rosa, barriers)
    rosa.write("What do you call this list?", "Bike shops")
    rosa.page.get_by_label("The file (CSV)").set_input_files(file)
    rosa.press("Look at it")
    check(rosa, barriers)
    rosa.press("Keep the list")
    check(rosa, barriers)
    rosa.page.goto(request)
    rosa.press(re.compile("^Look who will be asked of this list$"))
    check(rosa, barriers)
    rosa.press("Ask 3 sellers")
    check(rosa, barriers)

    hands = {}
    for number, (email, name) in enumerate(SHOPS.items()):
        shop = hands[name] = answer_from_mail(settled, mail, email, barriers if not number else None)
        check(shop, barriers if not number else None)
        accept_terms(shop)
        expect(shop.page.get_by_role("main")).to_contain_text("hard trails")
        offer(shop, "Trailhead 29er", f"{400 + number}")
        check(shop, barriers if not number else None)

    rosa.page.goto(request)
    rosa.press("Your request", "link")
    rosa.press("Compare the offers", "link")
    for number, name in enumerate(SHOPS.values()):
        expect(rosa.page.get_by_role("main")).to_contain_text(name)
        expect(rosa.page.get_by_role("main")).to_contain_text(f"£{400 + number}")
    rosa.press("Look closer and accept: Hull Wheels", "link")
    rosa.press("Accept and sign: £400")
    expect(note(rosa.page)).to_contain_text("Agreed, and signed by both sides")

    until(hands["Hull Wheels"].page.get_by_text("They said yes to your offer"))
    for email, name in list(SHOPS.items())[1:]:
        until(hands[name].page.get_by_text("They went with another seller. Thank you for answering."))
        again = answer_from_mail(settled, mail, email, codes=1)
        expect(again.page.get_by_role("main")).to_contain_text("They went with another seller")
    for text in (text for email in SHOPS for text in mail.texts_to(email)):
        assert not re.search(r"hard trails|£|Rosa|Wheels|Bikes|Rides", text)


def test_a_shop_meets_a_qr_code_and_ends_with_an_account(settled: Windows, mail: Mailboxes, barriers: Look) -> None:
    rosa = Mouse(settled.contexts[0].pages[0])
    ask_others(rosa)
    rosa.press("Make a link")
    picture = rosa.page.get_by_role("img", name="QR code of the link above")
    expect(picture).to_be_visible()
    assert picture.evaluate("(it) => it.complete && it.naturalWidth > 0")
    check(rosa, barriers)
    address = rosa.page.locator("#address").inner_text()

    shop = Mouse(settled.open(PHONE))
    shop.page.goto(address)
    assert address.rsplit("/", 1)[1] not in shop.page.url
    check(shop, barriers)
    shop.write("What your business is called", "Poster Cycles")
    shop.write("Your business e-mail", "hello@poster.example")
    shop.press("Send me my link")
    expect(note(shop.page)).to_contain_text("Look into your mailbox")

    owner = answer_from_mail(settled, mail, "hello@poster.example")
    accept_terms(owner)
    offer(owner, "Trailhead 29er", "444")
    owner.press("Keep this in an account", "link")
    check(owner, barriers)
    owner.write("User name", "poster_cycles")
    owner.write("Password", "seven lanterns over humber")
    owner.press("Make my account")
    expect(note(owner.page)).to_contain_text("It is in your account now")
    check(owner, barriers)
    owner.page.goto("/inbox")
    expect(heading(owner.page)).to_have_text("Inbox")
    expect(owner.page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
