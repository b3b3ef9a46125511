"""The local directory: brought in with care, undone as a whole, asked from only by a click, left by one."""

from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand_server.directory import actions
from evenhand_server.directory.models import DirectoryEntry, DirectoryImport, DirectoryRemoval
from evenhand_server.directory.queries import removal_path
from evenhand_server.invitations.models import Invitation
from evenhand_server.journal.models import Entry
from evenhand_server.market.actions import name_operator
from evenhand_server.people.actor import Actor
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.market import browser_of, person

pytestmark = pytest.mark.django_db
SHEET = """Business,E-mail,Sells,Town
Humber Bikes,hello@humberbikes.example,Mountain Bikes,Hull
Avenue Cycles,shop@avenuecycles.example,Bicycles,Hull
York Wheels,york@wheels.example,Mountain Bikes,York
Far Off,far@off.example,Mountain Bikes,Exeter
Pianos,p@pianos.example,Musical Instruments,Hull
=cmd|'/c calc'!A1,x@y.example,Bicycles,Hull
No Address,,Bicycles,Hull
Nowhere,n@nowhere.example,Bicycles,Nowhere At All
"""
COLUMNS = {"name": 0, "email": 1, "category": 2, "place": 3, "country": ""}


@pytest.fixture
def olive(db: None, settings: Any) -> Actor:
    """Olive, who looks after this server, whose mail was proved."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    actor = person("olive")
    name_operator(actor.person)
    return actor


def upload(browser: Client, content: bytes | str = SHEET) -> Any:
    """Bring a file in."""
    data = content.encode() if isinstance(content, str) else content
    return browser.post("/operator/directory", {"file": SimpleUploadedFile("shops.csv", data)})


def taken_in(olive: Actor, content: str = SHEET) -> DirectoryImport:
    """A file looked at, mapped and taken in."""
    browser = browser_of(olive)
    page = upload(browser, content)["Location"]
    assert browser.post(page, COLUMNS).status_code == 302
    work_all()
    return DirectoryImport.objects.latest("id")


def test_nothing_is_taken_in_before_somebody_said_what_is_what(olive: Actor) -> None:
    browser = browser_of(olive)
    page = upload(browser)["Location"]
    shown = browser.get(page).content.decode()
    assert "Humber Bikes" in shown
    assert "8 rows" in shown
    assert browser.post(page, {**COLUMNS, "name": 9}).status_code == 422
    work_all()
    assert not DirectoryEntry.objects.exists()


def test_what_cannot_be_used_is_left_out_and_counted(olive: Actor) -> None:
    found = taken_in(olive)
    assert (found.done, found.skipped, found.rows) == (8, 3, [])
    assert DirectoryEntry.objects.count() == 5
    assert "3 rows were left out" in browser_of(olive).get(f"/operator/directory/{found.public_id}").content.decode()


def test_a_large_file_is_taken_in_bit_by_bit_and_undone_as_a_whole(
    olive: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "AT_ONCE", 3)
    found = taken_in(olive)
    assert (found.done, DirectoryEntry.objects.count()) == (8, 5)
    assert browser_of(olive).post(f"/operator/directory/{found.public_id}/removal").status_code == 302
    assert not DirectoryEntry.objects.exists()
    assert not DirectoryImport.objects.exists()


def test_an_import_undone_halfway_goes_no_further(olive: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = browser_of(olive)
    browser.post(upload(browser)["Location"], COLUMNS)
    DirectoryImport.objects.all().delete()
    work_all()
    assert not DirectoryEntry.objects.exists()


def test_rosa_is_told_how_many_are_known_near_her_and_has_them_asked(rosa: Actor, olive: Actor) -> None:
    taken_in(olive)
    intent = announce(rosa)
    work_all()
    assert mail.outbox == []
    browser = browser_of(rosa)
    page = browser.get(f"/intents/{intent.public_id}").content.decode()
    assert "2 sellers of" in page
    assert "none is listening yet" in page
    assert "not here yet" in page
    assert "Far Off" not in page
    assert "hello@humberbikes.example" not in page
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("evenhand_server.invitations.actions.invite.mail_works", lambda: True)
        assert browser.post(f"/intents/{intent.public_id}/known_sellers").status_code == 302
    work_all()
    asked = {one.email for one in Invitation.objects.filter(source="directory")}
    assert asked == {"hello@humberbikes.example", "shop@avenuecycles.example"}
    assert all("/directory/" in one.body and "Humber" not in one.body for one in mail.outbox)
    assert all("stands in this server's local directory" in one.body for one in mail.outbox)
    assert not any("wrote down your address" in one.body for one in mail.outbox)


def test_a_business_leaves_by_one_click_and_comes_back_by_no_import(olive: Actor) -> None:
    taken_in(olive)
    path = f"/directory/{removal_path('hello@humberbikes.example')}/removal"
    assert "Take Humber Bikes out" in Client().get(path).content.decode()
    assert DirectoryEntry.objects.count() == 5
    assert "gone from it" in Client().post(path).content.decode()
    assert DirectoryEntry.objects.count() == 4
    assert Client().get("/directory/x:y/removal").status_code == 404
    assert "gone from it" in Client().post(path).content.decode()
    assert Entry.objects.filter(event="directory.left").count() == 1
    taken_in(olive)
    assert DirectoryEntry.objects.count() == 4
    assert "humber" not in DirectoryRemoval.objects.get().mailbox


def test_the_address_in_an_old_mail_still_works_when_the_file_was_brought_in_anew(olive: Actor) -> None:
    first = taken_in(olive)
    path = f"/directory/{removal_path('hello@humberbikes.example')}/removal"
    taken_in(olive)
    assert "Take Humber Bikes out" in Client().get(path).content.decode()
    actions.undo(olive, first)
    actions.undo(olive, DirectoryImport.objects.latest("id"))
    assert "Stay out of the directory?" in Client().get(path).content.decode()
    Client().post(path)
    taken_in(olive)
    assert not DirectoryEntry.objects.filter(email="hello@humberbikes.example").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Name,E-mail\n",
        b"\x00\x01\x02",
        b"PK\x03\x04\x00zip",
        b"a,b\n" * 20_002,
        b"a,b\n" * 100_000,
        b"x" * 5_000_001,
    ],
)
def test_a_file_that_is_no_directory_is_refused_in_words(olive: Actor, content: bytes) -> None:
    answer = upload(browser_of(olive), content)
    assert answer.status_code == 422
    assert not DirectoryImport.objects.exists()


def test_other_spreadsheets_and_letters_are_read_too(olive: Actor) -> None:
    text = "Name;E-mail;Kind;Town\r\nCafé Vélo;velo@cafe.example;Bicycles;Hull\r\n"
    for encoding in ("utf-8-sig", "cp1252"):
        upload(browser_of(olive), text.encode(encoding))
        assert DirectoryImport.objects.latest("id").rows[0][0] == "Café Vélo"


def test_nobody_else_finds_the_directory(olive: Actor, tom: Actor, rosa: Actor) -> None:
    found, intent = taken_in(olive), announce(rosa)
    toms = browser_of(tom)
    for path in ("/operator/directory", f"/operator/directory/{found.public_id}", f"/operator/directory/{'0' * 32}"):
        assert toms.get(path).status_code == 404
    assert toms.post(f"/operator/directory/{found.public_id}/removal").status_code == 404
    assert toms.post(f"/intents/{intent.public_id}/known_sellers").status_code == 404
