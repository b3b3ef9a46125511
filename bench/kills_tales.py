"""The stories that are played under kills, as people at browsers without scripts live them."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bench.kills_town import PASSWORD
from bench.kills_visitor import Send, Visitor
from evenhand.relationships.verify import verify
from tests.smtp import Mailbox

PATIENCE_SECONDS = 300
BEFORE_ACTING = 21.0
"""Seconds somebody waits for a mail before they ask again."""
LINK = re.compile(r"http://[^/\s]+(/i/[\w-]+)(?=\s)")
CODE = re.compile(r"^\d{6}$", re.MULTILINE)
SHOPS = {"hull@example.net": "Hull Wheels", "bev@example.net": "Beverley Bikes", "york@example.net": "York Rides"}
BIKE = "A mountain bike near Hull for up to 500 pounds, for hard trails"


@dataclass
class Town:
    """A server where stories happen, its mail, and who looks after it."""

    site: str
    send: Send
    box: Mailbox
    data: Path
    visitors: dict[str, Visitor] = field(default_factory=dict)
    sent_again: int = 0
    """How often somebody decided that a letter goes out once more, even if it then arrives twice."""

    def visitor(self, name: str = "") -> Visitor:
        """Somebody at their own browser; with a name the same person each time."""
        if not name:
            return Visitor(self.site, self.send)
        return self.visitors.setdefault(name, Visitor(self.site, self.send))

    def mailed(self, address: str, pattern: re.Pattern[str], again: Callable[[], object], *, after: int = 0) -> str:
        """What the newest mail to an address holds; where none comes, somebody does what people do then."""
        end, patience = time.monotonic() + PATIENCE_SECONDS, time.monotonic() + BEFORE_ACTING
        while time.monotonic() < end:
            found = self.all_mailed(address, pattern)
            if len(found) > after:
                return found[-1]
            if time.monotonic() > patience:
                again()
                patience = time.monotonic() + BEFORE_ACTING
            time.sleep(0.1)
        raise AssertionError(f"nothing came to {address}")

    def all_mailed(self, address: str, pattern: re.Pattern[str]) -> list[str]:
        """What a pattern finds in all mail to an address, oldest first."""
        texts = [str(letter.get_content()).replace("\r\n", "\n") for letter in self.box.to(address)]
        return [found[len(found.groups())] for text in texts for found in pattern.finditer(text)]

    def decide_what_failed(self, *, again: bool = True) -> None:
        """The operator has letters sent again that may not have gone out, or lets them go."""
        keeper = self.visitor("rosa")
        before = keeper.address
        while any("then" in form.names for form in keeper.go("/setup/failures").forms):
            keeper.fill_in("", {"then": "again" if again else "let_go"})
            self.sent_again += again
        keeper.go(before)


def sign_in(person: Visitor, username: str, party: str = "") -> None:
    """Sign in, and act for an organisation."""
    person.go("/account/login/")
    person.fill_in("/account/login", {"login": username, "password": PASSWORD})
    if party:
        act_for(person, party)


def act_for(person: Visitor, party: str) -> None:
    """Act for an organisation from now on."""
    person.go("/me/organisations")
    if f"Act for {party}" in person.page.text:
        person.fill_in("/me/acting_for", words=f"Act for {party}")


def until(person: Visitor, words: str) -> None:
    """Look at the page again and again until something stands on it."""
    address, end = person.address, time.monotonic() + PATIENCE_SECONDS
    while words not in person.go(address).text:
        assert time.monotonic() < end, f"{words!r} never came on {address}: {person.page.text[:3000]}"
        time.sleep(0.2)


def publish(person: Visitor, sentence: str) -> str:
    """From one sentence to a published request; its address."""
    person.go("/")
    person.fill_in("/intents/drafts", {"text": sentence})
    draft = person.address
    person.fill_in(draft, {"preview": "1"})
    person.fill_in("/publication")
    return person.address


def answer_from_mail(town: Town, address: str, *, codes: int = 0) -> Visitor:
    """A seller follows the newest link in their mailbox, and gives the code."""
    shop = town.visitor()
    shop.go(town.mailed(address, LINK, town.decide_what_failed))
    assert "hard trails" not in shop.page.text
    page = shop.address
    shop.fill_in("/code")

    def another() -> None:
        shop.go(page)
        shop.fill_in("/code")

    while True:
        code = town.mailed(address, CODE, another, after=codes)
        shop.go(page)
        try:
            shop.fill_in("/entry", {"code": code})
        except AssertionError:
            another()
            codes = len(town.all_mailed(address, CODE))
        else:
            return shop


def offer(shop: Visitor, price: str) -> None:
    """Accept the terms, read the words, and make an offer of one line."""
    shop.fill_in("/terms", {"outcome": "accepted"})
    make_offer(shop, price)


def make_offer(shop: Visitor, price: str) -> None:
    """An offer of one line."""
    page = shop.address
    shop.follow("/offer")
    day = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    line = {"description_1": "Trailhead 29er", "quantity_1": "1", "price_1": price, "currency": "GBP"}
    shop.fill_in("/offer", {**line, "delivery_days": "5", "valid_until": day})
    assert shop.address == page, shop.page.text


def take_home(*sides: Visitor) -> None:
    """Both sides hold the same records, and each takes home a bundle that is valid without the server."""
    held = []
    for side in sides:
        side.go(f"{side.address}/bundle")
        report = verify(side.body)
        assert report.is_valid, report.findings
        held.append(report.records)
        side.go(side.address.removesuffix("/bundle"))
    assert all(one == held[0] for one in held)


def buyer_with_a_list(town: Town) -> None:
    """From a fresh server to an accepted offer: three sellers from a CSV answer from mail, two get a friendly no."""
    rosa = town.visitor("rosa")
    set_up(town, rosa)
    request = publish(rosa, BIKE)
    sheet = "e-mail;name;note\n" + "".join(f"{email};{name};\n" for email, name in SHOPS.items())
    rosa.go("/suppliers")
    rosa.fill_in("/suppliers", {"name": "Bike shops"}, file=("bikes.csv", sheet.encode()))
    rosa.fill_in(rosa.address)
    chosen = rosa.address.rsplit("/", 1)[1]
    page = f"{request}/invitations"
    rosa.go(page)
    rosa.fill_in(page, {"suppliers": chosen, "preview": "1"})
    assert "Ask 3 sellers" in rosa.page.text
    rosa.fill_in(page)
    shops = {}
    for number, (email, name) in enumerate(SHOPS.items()):
        shops[name] = answer_from_mail(town, email)
        offer(shops[name], f"{400 + number}")
    rosa.go(f"{request}/compare")
    assert all(name in rosa.page.text for name in SHOPS.values())
    winner = next(link for link in rosa.page.links if link.endswith("/offer/acceptance"))
    rosa.go(winner)
    rosa.fill_in("/acceptance")
    until(shops["Hull Wheels"], "They said yes to your offer")
    for name in ("Beverley Bikes", "York Rides"):
        until(shops[name], "They went with another seller. Thank you for answering.")
    rosa.go(winner.removesuffix("/offer/acceptance"))
    take_home(rosa, shops["Hull Wheels"])


def set_up(town: Town, rosa: Visitor) -> None:
    """Rosa looks after the fresh server herself, and sees that mail arrives."""
    rosa.go(setup_address(town))
    rosa.fill_in("/setup/operators", {"username": "rosa", "email": "rosa@example.org", "password": PASSWORD})
    if "/account/login" in rosa.address:  # The answer that signed her in was lost; her account was not.
        rosa.fill_in("/account/login", {"login": "rosa", "password": PASSWORD})
    rosa.go("/setup")
    rosa.fill_in("/setup/mail")

    def another() -> None:
        rosa.go("/setup")
        rosa.fill_in("/setup/mail")

    code = town.mailed("rosa@example.org", CODE, another)
    rosa.fill_in("/setup/mail/code", {"code": code})
    until(rosa, "A test mail has arrived by these settings")


def setup_address(town: Town) -> str:
    """What `evenhand setup` prints at the machine, as a path."""
    command = [sys.executable, "-m", "evenhand_server.cli", "setup"]
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    told = {**kept, "EVENHAND_DATA": str(town.data)}
    said = subprocess.run(command, env=told, capture_output=True, text=True, check=True)
    return urlsplit(said.stdout.strip()).path


def shop_by_qr_code(town: Town) -> None:
    """A shop meets the address of a QR code, answers, and ends with an account."""
    rosa = town.visitor("rosa")
    request = publish(rosa, BIKE)
    rosa.go(f"{request}/invitations")
    rosa.fill_in("/link")
    address = re.search(r"http://\S+(/i/[\w-]+)", rosa.page.text)
    assert address is not None
    rosa.go(f"{request}/link.svg")
    assert b"<svg" in rosa.body
    shop = town.visitor()
    shop.go(address[1])
    shop.fill_in("/own_link", {"name": "Poster Cycles", "email": "hello@poster.example"})
    owner = answer_from_mail(town, "hello@poster.example")
    offer(owner, "444")
    dealing = owner.address
    owner.follow("/account")
    owner.fill_in("/account", {"username": "poster_cycles", "password": PASSWORD})
    if "/account/login" in owner.address:  # The answer that signed the shop in was lost; its account was not.
        owner.fill_in("/account/login", {"login": "poster_cycles", "password": PASSWORD})
        act_for(owner, "Poster Cycles")
    assert dealing in owner.go("/inbox").links
    owner.go(dealing)
    take_home(owner)


def purchasing_desk(town: Town) -> None:
    """A school's office keeps its details, its buyer asks, its head accepts and discloses the street."""
    office, buyer, head, shop = (town.visitor() for _ in range(4))
    sign_in(office, "aire_school", "Aire Valley School")
    office.go("/me/details")
    office.fill_in("/me/details", {"street": "2 Canal Road"})
    sign_in(buyer, "aire_school_buyer", "Aire Valley School")
    request = publish(buyer, "We need 40 used laptops for our school in Leeds, budget 12k")
    until(buyer, "Kirkstall Computers")
    dealing = next(link for link in buyer.page.links if "/dealings/" in link)
    sign_in(shop, "kirkstall", "Kirkstall Computers")
    shop.go(dealing)
    shop.fill_in("/terms", {"outcome": "accepted"})
    shop.fill_in("/messages", {"text": "With which keyboard?"})
    buyer.go(dealing)
    buyer.fill_in("/messages", {"text": "British ones."})
    until(shop, "British ones.")
    make_offer(shop, "285")
    sign_in(head, "aire_school_approver", "Aire Valley School")
    head.go(f"{request}/compare")
    head.follow("/offer/acceptance")
    head.fill_in("/acceptance")
    head.go(dealing)
    head.fill_in("/disclosures", {"field": "street"})
    until(shop, "2 Canal Road")
    head.go(dealing)
    take_home(head, shop)


def report_and_appeal(town: Town) -> None:
    """Ida reports a seller and blocks it; the operator decides; the seller appeals; the operator decides again."""
    ida, shop, rosa = town.visitor(), town.visitor(), town.visitor("rosa")
    sign_in(ida, "ida")
    publish(ida, "A road bike in Hull, 470 pounds to spend")
    until(ida, "Hull Cycles")
    dealing = next(link for link in ida.page.links if "/dealings/" in link)
    ida.go(f"{dealing}/reports")
    who = next(value for value in ida.page.offered["what"] if value.startswith("party"))
    ida.fill_in("/reports", {"what": who, "reason": "farming", "words": "They ask what I earn."})
    report = ida.address
    ida.go(f"{dealing}/block")
    ida.fill_in("/block")
    path = f"/operator{report}"
    rosa.go(path)
    rosa.fill_in(path, {"outcome": "upheld", "words": "Ask only what an offer needs."})
    sign_in(shop, "hull_cycles", "Hull Cycles")
    shop.go(report)
    assert "Ask only what an offer needs." in shop.page.text
    shop.fill_in(report, {"words": "We asked nothing at all."})
    rosa.go(path)
    rosa.fill_in(path, {"outcome": "dismissed", "words": "So it was."})
    for one in (ida, shop):
        assert "So it was." in one.go(report).text
    assert "Hull Cycles" in ida.go("/me/blocks").text


TALES = (buyer_with_a_list, shop_by_qr_code, purchasing_desk, report_and_appeal)
