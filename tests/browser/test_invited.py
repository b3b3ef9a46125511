"""On a phone, from a server where nobody is: a buyer with a list of three sellers, and a shop that meets a QR code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.devices import PHONE
from tests.browser.fresh import ROSA, Look, ask_others, check, fresh_server
from tests.browser.hands import Mouse
from tests.browser.mailbox import Mailboxes
from tests.browser.steps import accept_terms, heading, note, offer, until
from tests.browser.windows import Windows

SENTENCE = "A mountain bike near Hull for up to 500 pounds, for hard trails"
DIRECTORY = """Business,E-mail,Sells,Town
Humber Guitars,hello@humber.example,Guitars,Hull
Avenue Guitars,shop@avenue.example,Guitars,Hull
Nowhere,n@nowhere.example,Guitars,Nowhere At All
"""
SHOPS = {"hull@example.net": "Hull Wheels", "bev@example.net": "Beverley Bikes", "york@example.net": "York Rides"}


@pytest.fixture(scope="module")
def running(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Windows, Mailboxes]]:
    """A server that was just installed and set up, and its mail."""
    with fresh_server(browser, tmp_path_factory.mktemp("fresh")) as both:
        yield both


@pytest.fixture
def settled(running: tuple[Windows, Mailboxes]) -> Windows:
    """Windows on it, of which the first is Rosa's phone."""
    return running[0]


@pytest.fixture
def mail(running: tuple[Windows, Mailboxes]) -> Mailboxes:
    """The mail server of the world outside."""
    return running[1]


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


def test_a_buyer_alone_gets_three_offers_by_mail_and_accepts_one(
    settled: Windows, mail: Mailboxes, barriers: Look, tmp_path: Path
) -> None:
    rosa = Mouse(settled.contexts[0].pages[0])
    file = tmp_path / "bikes.csv"
    file.write_text("e-mail;name;note\n" + "".join(f"{email};{name};\n" for email, name in SHOPS.items()))
    ask_others(rosa, SENTENCE)
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
    rosa.press(re.compile("^Change.*york@"), "link")
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
    ask_others(rosa, SENTENCE)
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


def test_a_directory_is_brought_in_asked_by_a_click_and_left_by_one(
    settled: Windows, mail: Mailboxes, barriers: Look, tmp_path: Path
) -> None:
    rosa = Mouse(settled.contexts[0].pages[0])
    file = tmp_path / "directory.csv"
    file.write_text(DIRECTORY)
    rosa.page.goto("/setup")
    rosa.press("Local directory", "link")
    for is_first in (True, False):
        rosa.page.get_by_label("A CSV file with headings").set_input_files(file)
        rosa.press("Look at it")
        expect(rosa.page.get_by_role("table")).to_contain_text("Humber Guitars")
        check(rosa, barriers)
        expect(rosa.page.get_by_label("What it sells or does").locator("option:checked")).to_have_text("Sells")
        rosa.press("Take it in")
        until(rosa.page.get_by_text("All of it is taken in."))
        expect(rosa.page.get_by_role("main")).to_contain_text("1 row was left out")
        check(rosa, barriers)
        if is_first:
            rosa.press("Undo it")
            expect(heading(rosa.page)).to_have_text("Local directory")
            expect(rosa.page.get_by_role("main")).to_contain_text("It is empty")
    rosa.press("Local directory", "link")
    check(rosa, barriers)

    ask_others(rosa, "An electric guitar in Hull, up to 300 pounds")
    rosa.press("Your request", "link")
    until(rosa.page.get_by_role("heading", name=re.compile("^2 sellers of .* are known here, none is listening")))
    check(rosa, barriers)
    rosa.press("Ask them")
    expect(rosa.page.get_by_role("main")).to_contain_text("Avenue Guitars")

    shop = Mouse(settled.open(PHONE))
    shop.page.goto(mail.link_to("shop@avenue.example", "/directory/"))
    check(shop, barriers)
    shop.press("Take us out")
    expect(heading(shop.page)).to_have_text("You are gone from it")
    check(shop, barriers)
    ask_others(rosa, "An electric guitar in Hull, up to 280 pounds")
    rosa.press("Your request", "link")
    until(rosa.page.get_by_role("heading", name=re.compile("^1 seller of .* near you is known here")))
    assert not any("guitar" in text.lower() for text in mail.texts_to("hello@humber.example"))


def test_mail_that_fails_is_told_to_whom_it_concerns(settled: Windows, mail: Mailboxes, barriers: Look) -> None:
    rosa = Mouse(settled.contexts[0].pages[0])
    mail.refused = {"grumpy@example.net": "554 5.7.1 not from you", ROSA: "550 5.1.1 no such mailbox"}
    ask_others(rosa, "A used cello in Hull, up to 900 pounds")
    rosa.write("Their e-mail addresses", "grumpy@example.net, kind@example.net")
    rosa.press("Look who will be asked")
    rosa.press("Ask 2 sellers")
    until(rosa.page.get_by_text("Could not be mailed"))
    check(rosa, barriers)

    kind = answer_from_mail(settled, mail, "kind@example.net")
    accept_terms(kind)
    rosa.page.goto("/me/news/mail")
    until(rosa.page.get_by_text("550 5.1.1"))
    check(rosa, barriers)
    rosa.page.goto("/setup")
    rosa.press("What failed for good", "link")
    expect(rosa.page.get_by_role("main")).to_contain_text("The mail server refused it: 554 5.7.1")
    check(rosa, barriers)
    mail.refused = {}
    rosa.press(re.compile("^Try again.*An invitation to a seller"))
    mail.link_to("grumpy@example.net", "/i/")

    kind.press("Erase us", "link")
    check(kind, barriers)
    kind.write("To be sure, type the word “erase”", "erase")
    kind.press("Erase us for good")
    expect(heading(kind.page)).to_have_text("You are erased")
