"""Every form of every page with 485 strings that break programs: an answer in words, nothing half done, nothing run.

Which forms there are is read from the addresses and from the classes of forms: a new one fails here until it is tried.
An ordinary run tries a spread of the strings; all of them, in each form: THOROUGH=1.
"""

import html
import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from evenhand_server.domains.actions import claim_domain
from evenhand_server.invitations.models import Link
from evenhand_server.market.actions import make_setup_key
from evenhand_server.market.views import KEY
from evenhand_server.people.roles import Role
from evenhand_server.safety.actions import decide
from evenhand_server.safety.models import Report
from tests.authorisation import Who
from tests.filled_forms import filled
from tests.page_rules import PAGES
from tests.page_world import PATHS, PageWorld, address, browser_with, pass_of, taken_back
from tests.world import Ids, Seat

IS_THOROUGH = bool(os.environ.get("THOROUGH"))
pytestmark = [
    pytest.mark.xdist_group("forms" if IS_THOROUGH else "authorisation"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about pages"),
    pytest.mark.django_db,
]
DATA = Path(__file__).parents[1] / "data" / "naughty_strings.json"
ALL: list[str] = json.loads(DATA.read_text(encoding="utf-8"))
REACHED = ({"done", "shown", "wrong"}, {"led"})
"""What who reaches a form is answered; just led on is, of most forms, who does not."""
REFUSED = {403, 404, 409, 422, 429}
BESIDES = {"django_session", "allowance", "mailtest", "mailcode", "domainclaim", "entry"}
"""What a refusal may leave behind: that somebody tried."""
MARKUP = re.compile(r"<[a-z!/?]", re.IGNORECASE)
"""What a browser would take for a tag."""
TAGS = [text for text in ALL if MARKUP.search(text)]
FORMS = [name for name, page in PAGES.items() if page.form is not None]
OLIVE: Seat = (Who.OPERATOR, Role.SELF)
SELLER: Seat = (Who.VENDOR, Role.STEWARD)
Place = tuple[Client, Ids]
READ_AGAIN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "people:details": ("people:details", ("name", "phone", "street", "town", "postcode")),
    "people:person": ("people:details", ("name",)),
    "people:organisations": ("people:organisations", ("name",)),
    "purpose:list": ("purpose:list", ("issuer", "number")),
    "offers:ask": ("relationships:dealing", ("text",)),
    "offers:offer": ("offers:offer", ("description_1", "note", "makes", "moves", "supports", "payment", "contact")),
    "invitations:list": ("invitations:list", ("name", "note", "group")),
    "invitations:rename": ("invitations:list", ("name",)),
    "invitations:supplier": ("invitations:supplier", ("name", "note", "group")),
    "invitations:name": ("relationships:dealing", ("name",)),
    "safety:decide": ("safety:decide", ("words",)),
    "market:setup": ("market:setup", ("name", "operator", "contact")),
    "people:tokens": ("people:tokens", ("name",)),
    "intents:reword": ("intents:draft", ("text",)),
    "interests:edit": ("interests:edit", ("text",)),
}
"""The page on which the same words can be read again, for forms that keep words as they are."""


@dataclass
class Seen:
    """The forms that read what was sent: their free fields, and which of these held the string."""

    text: str = ""
    free: set[str] = field(default_factory=set)
    held: dict[type[forms.BaseForm], set[str]] = field(default_factory=dict)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Look on while forms read what was sent to them."""
    found, read = Seen(), forms.BaseForm.full_clean

    def look_on(form: forms.BaseForm) -> None:
        if form.is_bound:
            free = {name for name, one in form.fields.items() if is_free(one)}
            held = {name for name in free if form.data.get(form.add_prefix(name)) == found.text}
            found.free |= free
            found.held.setdefault(type(form), set()).update(held)
        read(form)

    monkeypatch.setattr(forms.BaseForm, "full_clean", look_on)
    return found


def is_free(one: forms.Field) -> bool:
    """Whether people write into it what they like."""
    typed = forms.CharField | forms.IntegerField | forms.DateField | forms.TimeField
    return isinstance(one, typed)


def test_there_are_485_of_them() -> None:
    assert len(ALL) == 485


@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_any_letters(page_world: PageWorld, seen: Seen, name: str) -> None:
    number = FORMS.index(name)
    for at, (browser, ids) in enumerate(places_of(page_world, name)):
        fields = fields_of(seen, browser, name, ids)
        for turn, text in enumerate(strings_for(number, at, is_written_in=len(fields) > 1)):
            some = fields if turn % 2 else [fields[(turn // 2 + at) % len(fields)]]
            send(browser, name, ids, text, some)


def strings_for(number: int, at: int, *, is_written_in: bool) -> list[str]:
    """The strings for a form in one of its places: all if asked for, else a few, other ones in each form."""
    if IS_THOROUGH and is_written_in:
        return ALL if at == 0 else ALL[at % 24 :: 24]
    some = [TAGS[(number * 37 + at * 11) % len(TAGS)], ALL[(number * 41 + 161) % len(ALL)]]
    return some[:1] if at else some


def places_of(world: PageWorld, name: str) -> list[Place]:
    """Where the form is reached: by somebody of each side, in each state."""
    page, on_dealing = PAGES[name], "{dealing_id}" in PATHS[name]
    if name in BY_ANOTHER_WAY:
        return [BY_ANOTHER_WAY[name](world)]
    cells = [(seat, state) for seat in world.cookies for state in (world.ids if "{" in PATHS[name] else ["asked"])]
    answers = {cell: page.expected("POST", *cell[0], cell[1], on_dealing=on_dealing) for cell in cells}
    reached = next(filter(None, ([cell for cell in cells if answers[cell] in among] for among in REACHED)), cells)
    by_side = {(seat[0], state): (seat, state) for seat, state in reversed(reached)}.values()
    one_each = [(world.browser(seat), world.ids[state]) for seat, state in by_side][:: 1 if "{" in PATHS[name] else 99]
    another = FORMS.index(name) % len(one_each)
    return one_each if IS_THOROUGH else [one_each[0], *one_each[another : another + 1 if another else 0]]


def fields_of(seen: Seen, browser: Client, name: str, ids: Ids) -> list[str]:
    """The fields of the form: those that it is filled in with, and all that are free."""
    seen.text, seen.free = "", set()
    with taken_back():
        browser.post(address(name, ids), filled(name, ids))
    given = [known for known, value in filled(name, ids).items() if isinstance(value, str)]
    kept = READ_AGAIN.get(name, ("", ()))[1]
    return list(dict.fromkeys([*kept, *given, *sorted(seen.free), "idempotency_key"]))


def send(browser: Client, name: str, ids: Ids, text: str, fields: list[str]) -> None:
    """Send the form with the string in these fields, and look at what comes of it."""
    cookies = {key: morsel.value for key, morsel in browser.cookies.items()}
    browser = browser_with(cookies)
    with taken_back() as written:
        answer = browser.post(address(name, ids), {**filled(name, ids), **dict.fromkeys(fields, text)})
        assert answer.status_code in {200, 204, 302} | REFUSED, (text, fields)
        if answer.status_code in REFUSED:
            assert not set(written) - BESIDES, (text, fields, written)
        assert_harmless(answer.content.decode(), text)
        if answer.status_code == 302 and answer["Location"].startswith("/"):
            assert_harmless(browser.get(answer["Location"]).content.decode(errors="replace"), text)
        if len(fields) == 1 and answer.status_code in {200, 302} and set(written) - BESIDES:
            assert_kept(browser, name, ids, text, fields[0])


def assert_harmless(page: str, text: str) -> None:
    """A tag in the string is no tag on the page."""
    if MARKUP.search(text):
        assert text not in page, text


def assert_kept(browser: Client, name: str, ids: Ids, text: str, one: str) -> None:
    """The words stand on their page as they were written."""
    where, kept = READ_AGAIN.get(name, ("", ()))
    if one in kept:
        page = browser.get(address(where, ids)).content.decode()
        assert in_one_line(text) in in_one_line(html.unescape(page)), (one, text)


def in_one_line(text: str) -> str:
    """The words with one space between them."""
    return " ".join(text.split())


def by_setup_key(world: PageWorld) -> Place:
    """Whoever holds the one-time address of the first start."""
    browser = Client()
    session = browser.session
    session[KEY] = make_setup_key()
    session.save()
    return browser, world.ids["asked"]


def by_public_link(world: PageWorld) -> Place:
    """Whoever followed a link that was passed on."""
    ids = world.ids["asked"]
    return browser_with(pass_of(Link.objects.get(public_id=ids["link_id"]))), ids


def after_a_decision(world: PageWorld) -> Place:
    """Whoever was told that their report was dismissed."""
    ids = world.ids["asked"]
    found = Report.objects.get(public_id=ids["report_id"])
    decide(world.seats[OLIVE], found, outcome="dismissed", words="Nothing is wrong.")
    return world.browser(SELLER), ids


def after_a_claim(world: PageWorld) -> Place:
    """A seller to whose domain a code was sent."""
    claim_domain(world.seats[SELLER], domain="hullcycles.example", way="mail")
    return world.browser(SELLER), world.ids["asked"]


def while_keys_change(world: PageWorld) -> Place:
    """Somebody who is about to sign with a key of their own."""
    return world.browser(OLIVE), world.ids["asked"]


BY_ANOTHER_WAY: Mapping[str, Callable[[PageWorld], Place]] = {
    "market:become_operator": by_setup_key,
    "invitations:own_link": by_public_link,
    "safety:one": after_a_decision,
    "domains:code": after_a_claim,
    "keys:change": while_keys_change,
}
"""Forms that are reached in no state of a deal."""


def test_every_form_is_among_them(page_world: PageWorld, seen: Seen) -> None:
    for name in FORMS:
        for browser, ids in places_of(page_world, name)[:1]:
            fields = fields_of(seen, browser, name, ids)
            seen.text = "naughty"
            with taken_back():
                browser.post(address(name, ids), {**filled(name, ids), **dict.fromkeys(fields, "naughty")})
    missing = {kind.__qualname__: free - seen.held.get(kind, set()) for kind, free in free_fields().items()}
    assert {kind: free for kind, free in missing.items() if free} == {}


def free_fields() -> dict[type[forms.BaseForm], set[str]]:
    """The free fields of each form of the server."""
    return {
        kind: {name for name, one in kind.base_fields.items() if is_free(one)}
        for kind in every_kind(forms.Form)
        if kind.__module__.startswith("evenhand_server.")
    }


def every_kind(kind: type[forms.BaseForm]) -> set[type[forms.BaseForm]]:
    """All classes made of this one."""
    found = set(kind.__subclasses__())
    return found.union(*map(every_kind, found)) if found else found


def test_a_directory_of_nothing_but_such_strings(page_world: PageWorld) -> None:
    olives = page_world.browser(OLIVE)
    quoted = ['"' + text.replace('"', '""') + '"' for text in ALL]
    lines = "\n".join(",".join(quoted[at : at + 5]) for at in range(480))
    data = f"name,email,category,place,country\n{lines}".replace("\x00", "").encode("utf-8", "replace")
    answer = olives.post(
        address("directory:list", {**page_world.ids["asked"]}), {"file": SimpleUploadedFile("naughty.csv", data)}
    )
    shown = olives.get(answer["Location"])
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()


@pytest.mark.parametrize("name", FORMS)
def test_a_gigabyte_is_refused_by_every_form_before_it_is_read(page_world: PageWorld, name: str) -> None:
    where, kind = address(name, page_world.ids["asked"]), "multipart/form-data; boundary=x"
    with taken_back() as written:
        answer = page_world.browser(SELLER).generic("POST", where, b"", content_type=kind, CONTENT_LENGTH=str(10**9))
    assert answer.status_code == 413
    assert "Nothing was kept" in answer.content.decode()
    assert not written


SHOWS_A_FORM = {"account_reset_password_from_key", "account_confirm_email"}
"""These say themselves that the link is over."""


@pytest.mark.parametrize("name", [name for name, path in PATHS.items() if "{" in path])
def test_ids_of_any_letters_lead_nowhere(page_world: PageWorld, name: str) -> None:
    number = list(PATHS).index(name)
    for text in ALL if IS_THOROUGH else [ALL[(number * 37 + step * 161) % len(ALL)] for step in range(2)]:
        path = re.sub(r"{(\w+)}", lambda _, text=text: quote(text, safe="", errors="replace") or "x", PATHS[name])
        with taken_back() as written:
            answer = page_world.browser(OLIVE).get(f"/{path}")
        assert answer.status_code in {301, 302, 404, 405} or name in SHOWS_A_FORM, text
        assert not written
