"""The market in which people of every role try every page: what the API's has, and what only pages lead to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from evenhand.records import Custody, signing_key
from evenhand_server.dealings.models import Dealing
from evenhand_server.directory.actions import bring_in, take_in
from evenhand_server.directory.queries import removal_path
from evenhand_server.intents.actions import begin_draft
from evenhand_server.intents.models import Intent
from evenhand_server.invitations.actions.guest import begin
from evenhand_server.invitations.actions.invite import Invited, invite
from evenhand_server.invitations.actions.lists import look_at_sheet
from evenhand_server.invitations.models import Link, Supplier
from evenhand_server.invitations.passes import COOKIE, give_entry, give_pass
from evenhand_server.invitations.sheet import read_pasted
from evenhand_server.invitations.tokens import token_of
from evenhand_server.keys.actions import begin_change
from evenhand_server.market.actions import name_operator
from evenhand_server.news.actions import make_feed
from evenhand_server.news.kinds import Kind
from evenhand_server.news.mails import stop_path
from evenhand_server.people.actions import make_token
from evenhand_server.people.actor import Actor
from evenhand_server.people.roles import Role
from evenhand_server.workers.run import work_all
from tests.authorisation import STATES, Who
from tests.deal import announce
from tests.filled_forms import filled
from tests.market import SENTENCE, browser_of, person
from tests.page_rules import GUESTS
from tests.world import Ids, Seat, World, make_world

SEEN_BY_NOBODY = "0" * 32
KEY = signing_key(bytes(range(32)), custody=Custody.OWN_DEVICE).public


WRITES = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"(?:evenhand_server_)?(\w+)"')


BEGIN, TAKE_BACK = "SAVEPOINT ", "ROLLBACK TO SAVEPOINT "


@dataclass
class PageWorld:
    """Who sits on each seat, a browser's cookies for it, and what ids stand for in each state."""

    world: World
    seats: dict[Seat, Actor]
    cookies: dict[Seat, dict[str, str]]
    ids: dict[str, Ids]
    mails: list[str]
    """Everything that was mailed meanwhile, with its headers."""

    def browser(self, seat: Seat) -> Client:
        """The browser on this seat, as it was when the world was made."""
        return browser_with(self.cookies[seat])


def browser_with(cookies: dict[str, str]) -> Client:
    """A browser that keeps these cookies."""
    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def make_page_world() -> PageWorld:
    """Everybody of the API's market, an operator, and a guest."""
    world = make_world()
    school, olive = world.seats[Who.ASKER, Role.STEWARD], person("olive")
    name_operator(olive.person)
    intent, link, guest = let_a_guest_in(school)
    seats = {**world.seats, (Who.OPERATOR, Role.SELF): olive}
    cookies = {seat: cookies_of(browser_of(actor)) for seat, actor in seats.items()}
    cookies[Who.NOBODY, Role.SELF] = {}
    cookies[Who.GUEST, Role.GUEST] = pass_of(link, guest)
    same = same_everywhere(world, school, olive)
    ids = {state: {**same, **world.ids[state], **supplier_in(world.ids[state])} for state in STATES}
    of_guest = {"link_id": link.public_id, "dealing_id": guest.public_id, "intent_id": intent.public_id}
    ids[GUESTS] = {**ids["asked"], **of_guest, "invitation_id": link.invitation.public_id, "match": SEEN_BY_NOBODY}
    return PageWorld(world, seats, cookies, ids, [written_out(letter) for letter in mail.outbox])


def written_out(letter: EmailMessage) -> str:
    """A mail as its reader's programs see it."""
    return "\n".join([*map(str, letter.extra_headers.values()), str(letter.body)])


def supplier_in(ids: Ids) -> Ids:
    """The one seller in a list."""
    return {"supplier_id": Supplier.objects.get(list__public_id=ids["list_id"]).public_id}


def let_a_guest_in(asker: Actor) -> tuple[Intent, Link, Dealing]:
    """A seller who is not here was asked, and gave the code."""
    intent = announce(asker, terms="EH-WORK-REQUEST")
    invitation = invite(asker, intent, [Invited("guest@x.example", "Guest Cycles")], source="pasted")[0]
    dealing = begin(invitation)
    work_all()
    return intent, Link.objects.select_related("invitation").get(invitation=invitation), dealing


def routes(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """The name of each address outside of the API, and the address itself with names in braces."""
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLPattern):
            written = re.sub(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", lambda found: f"{{{found[1] or found[2]}}}", path)
            yield space + str(one.name), written.replace("^", "").replace("$", "")
        elif not path.startswith("api/"):
            yield from routes(one, path, space + (f"{one.namespace}:" if one.namespace else ""))


def tried(world: PageWorld, name: str, method: str, seat: Seat, state: str) -> tuple[HttpResponse, set[str]]:
    """What a browser on this seat gets, and which tables were written to, all of which is taken back."""
    ids, browser = world.ids[state], world.browser(seat)
    where = address(name, ids)
    with taken_back() as written:
        answer = browser.get(where) if method == "GET" else browser.post(where, filled(name, ids))
    return answer, set(written)


@contextmanager
def taken_back() -> Iterator[list[str]]:
    """Take back what is done inside; the tables that it wrote to, but for what it took back itself."""
    written: list[str] = []
    begun: dict[str, int] = {}

    def watch(execute: Any, sql: str, *more: Any) -> Any:
        if found := WRITES.match(sql):
            written.append(found[1])
        elif sql.startswith(BEGIN):
            begun[sql.removeprefix(BEGIN)] = len(written)
        elif sql.startswith(TAKE_BACK):
            del written[begun[sql.removeprefix(TAKE_BACK)] :]
        return execute(sql, *more)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)


def address(name: str, ids: Ids) -> str:
    """A page's address with the ids of a state; what a state does not have gets an id that nothing has."""
    token = ids["mail_stop"] if name == "news:stop" else token_of(ids["link_id"])
    known = {**ids, "token": token}
    return "/" + re.sub(r"{(\w+)}", lambda found: known.get(found[1], SEEN_BY_NOBODY), PATHS[name])


def cookies_of(browser: Client) -> dict[str, str]:
    """What a browser would send."""
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def pass_of(link: Link, dealing: Dealing | None = None) -> dict[str, str]:
    """The cookie of who followed a link, or gave the code."""
    response = HttpResponse()
    if dealing is None:
        give_pass(response, link)
    else:
        give_entry(response, link, dealing)
    return {COOKIE: response.cookies[COOKIE].value}


def same_everywhere(world: World, school: Actor, olive: Actor) -> dict[str, str]:
    """Ids of what does not depend on how far a deal has come."""
    tom, cycles = world.seats[Who.STRANGER, Role.SELF], world.seats[Who.VENDOR, Role.STEWARD]
    columns = {"name": 0, "email": 1, "category": 2, "place": 3}
    rows = [["name", "email", "category", "place"], ["Trail Bikes", "t@x.example", "mountain bikes", "Hull"]]
    take_in(olive, bring_in(olive, "known.csv", rows), columns)
    work_all()
    return {
        "draft_id": begin_draft(SENTENCE, person=tom.person, country="GB").public_id,
        "sheet_id": look_at_sheet(school, "Uploaded", read_pasted("b@x.example")).public_id,
        "import_id": bring_in(olive, "shops.csv", rows).public_id,
        "change_id": begin_change(olive, KEY).public_id,
        "token_id": make_token(tom, "to revoke")[0].public_id,
        "party_id": cycles.party.public_id,
        "secret": make_feed(tom),
        "mail_stop": stop_path(tom.person, frozenset({Kind.OFFERS})).rsplit("/", 1)[1],
        "signed": removal_path("t@x.example"),
        "kind": "letter",
        "number": "1",
    }


PATHS = dict(routes(get_resolver()))
"""Where each page is, by its name."""
