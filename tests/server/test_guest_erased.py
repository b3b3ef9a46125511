"""A seller who answered by a link is erased without an account: nothing of them is left, and what was signed stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.relationships.verify import verify
from evenhand_server.account.erasures import erasures
from evenhand_server.dealings.models import Dealing
from evenhand_server.invitations.actions import invite
from evenhand_server.invitations.actions.invite import Invited
from evenhand_server.invitations.models import Guest, Invitation, MailCode
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, Person
from evenhand_server.records.models import StoredFile, Text
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.workers.run import work_all
from tests.deal import announce
from tests.guests import answering, link_mailed_to, mail_arrives
from tests.market import browser_of
from tests.server.test_attachments import OFFER, PDF

pytestmark = pytest.mark.django_db(transaction=True)
SHOP = "sales@hullwheels.example"
NOTE = "Zephyrine tyres on it"


def answered(asker: Actor) -> tuple[Client, str]:
    """The shop has agreed to the terms of an asker, and made an offer with a file."""
    invite.invite(asker, announce(asker), [Invited(SHOP, "Hull Wheels")], source="pasted")
    work_all()
    browser, page = answering(SHOP)
    browser.post(f"{page}/terms", {"outcome": "accepted"})
    file = SimpleUploadedFile("zephyrine.pdf", PDF)
    assert browser.post(f"{page}/offer", {**OFFER, "note": NOTE, "attachments": [file]}).status_code == 302
    return browser, page


def test_everything_of_a_guest_goes_and_what_was_signed_stays(rosa: Actor, tom: Actor) -> None:
    mail_arrives(rosa)
    answered(tom)
    browser, page = answered(rosa)
    path = link_mailed_to(SHOP)
    assert "Erase us for good" in browser.get(f"{page}/seller_erasure").content.decode()
    assert browser.post(f"{page}/seller_erasure", {"sure": "no"}).status_code == 422
    assert Guest.objects.exclude(email="").count() == 2

    assert browser.post(f"{page}/seller_erasure", {"sure": "Erase"})["Location"] == "/erased"
    work_all()
    assert not Invitation.objects.exclude(email="", name="").exists()
    assert not Guest.objects.exclude(email="").exists()
    assert not MailCode.objects.exists()
    assert not StoredFile.objects.exclude(name="").exists()
    assert not Text.objects.filter(body__contains="Zephyrine").exists()
    assert not Party.objects.filter(name__contains="Wheels").exists()
    guests = Person.objects.filter(pk__in=Guest.objects.values("membership__person"))
    assert set(erasures()) >= {one.public_id for one in guests}
    for way_in in (path, page, f"{page}/seller_erasure"):
        assert browser.get(way_in).status_code in {302, 404}
    for asker in (rosa, tom):
        dealing = Dealing.objects.select_related("intent", "vendor").get(intent__party=asker.party)
        assert dealing.decline.side == "vendor"
        assert verify(bundle_for(asker, dealing)).is_valid
        seen = browser_of(asker).get(f"/intents/{dealing.intent.public_id}/invitations").content.decode()
        assert "A seller that was erased" in seen
        assert "Wheels" not in seen


def test_the_same_mailbox_may_be_asked_again_and_is_a_stranger(rosa: Actor) -> None:
    mail_arrives(rosa)
    browser, page = answered(rosa)
    browser.post(f"{page}/seller_erasure", {"sure": "erase"})
    answered(rosa)
    assert Guest.objects.count() == 2
    assert Guest.objects.exclude(email="").get().party.name == "Hull Wheels"


def test_nobody_else_erases_a_guest(rosa: Actor, tom: Actor) -> None:
    mail_arrives(rosa)
    browser, page = answered(rosa)
    for other in (Client(), browser_of(tom), browser_of(rosa)):
        assert other.post(f"{page}/seller_erasure", {"sure": "erase"}).status_code == 404
    browser.force_login(tom.person)
    assert browser.post(f"{page}/seller_erasure", {"sure": "erase"}).status_code == 404
    assert Guest.objects.exclude(email="").exists()
