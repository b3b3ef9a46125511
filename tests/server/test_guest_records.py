"""Sellers without an account keep the digests of what was signed with them, in their own mailbox."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from evenhand.relationships.verify import verify
from evenhand_server.dealings.models import Dealing
from evenhand_server.invitations.actions import invite
from evenhand_server.invitations.actions.invite import Invited
from evenhand_server.invitations.models import Invitation
from evenhand_server.news.models import News
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.terms.actions import disclose
from evenhand_server.terms.models import Record
from evenhand_server.workers.run import work_all
from tests.deal import announce, reread
from tests.guests import answering, mail_arrives
from tests.market import person

pytestmark = pytest.mark.django_db(transaction=True)

SHOP = "sales@hullwheels.example"
SUBJECT = "What was signed, to keep"


@pytest.fixture
def address(rosa: Actor) -> str:
    """A guest has answered Rosa's invitation and agreed to her terms."""
    mail_arrives(rosa)
    keep_details(rosa, {"name": "Rosa Lindqvist", "phone": "01632 960174", "email": "rosa@lindqvist.example"})
    invite.invite(rosa, announce(rosa), [Invited(SHOP)], source="pasted")
    work_all()
    browser, address = answering(SHOP)
    browser.post(f"{address}/terms", {"outcome": "accepted"})
    work_all()
    return address


def an_hour_later() -> None:
    """The mails go out that gather for an hour."""
    work_all(timezone.now() + timedelta(minutes=61))


def digest_mails() -> list[str]:
    """The texts of the mails with digests."""
    return [letter.body for letter in mail.outbox if letter.subject == SUBJECT]


def test_a_guest_gets_the_digest_of_what_was_signed_and_it_is_the_bundles(rosa: Actor, address: str) -> None:
    assert not digest_mails()
    an_hour_later()
    (text,) = digest_mails()
    (record,) = Record.objects.all()
    assert record.digest in text.splitlines()
    dealing = Dealing.objects.get()
    assert verify(bundle_for(rosa, dealing), expected=[record.digest]).is_valid
    assert not News.objects.filter(party=dealing.vendor).exists()


def test_what_is_signed_within_an_hour_comes_in_one_mail_that_names_nobody_and_no_price(
    rosa: Actor, address: str
) -> None:
    dealing = reread(Dealing.objects.get())
    for field in ("name", "phone"):
        disclose(rosa, dealing, field)
    work_all()
    an_hour_later()
    (text,) = digest_mails()
    digests = list(Record.objects.order_by("-number").values_list("digest", flat=True))
    assert len(digests) == 3
    assert [line for line in text.splitlines() if line.startswith("sha256:")] == digests
    for held in ("Rosa", "Lindqvist", "01632", "hard trails", "bike", dealing.pairwise_name, dealing.intent.public_id):
        assert held not in text
    letter = next(one for one in mail.outbox if one.subject == SUBJECT)
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["List-Unsubscribe"].endswith("/silence>")
    disclose(rosa, dealing, "email")
    work_all()
    an_hour_later()
    assert len(digest_mails()) == 2


def test_a_guest_who_wants_no_mail_gets_no_digests(rosa: Actor, address: str) -> None:
    invite.silence(Invitation.objects.get().mailbox)
    an_hour_later()
    assert not digest_mails()


def test_once_a_guest_has_an_account_the_digests_stand_in_their_news(rosa: Actor, address: str) -> None:
    an_hour_later()
    guest, _ = answering(SHOP)
    keeper = person("bev")
    guest.force_login(keeper.person)
    guest.post(f"{address}/account")
    disclose(rosa, reread(Dealing.objects.get()), "phone")
    work_all()
    an_hour_later()
    told = News.objects.filter(person=keeper.person, what="record_signed").values_list("digest", flat=True)
    assert list(told) == [Record.objects.get(kind="disclosure").digest]
    assert len(digest_mails()) == 1
