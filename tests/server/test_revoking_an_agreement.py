"""A whole agreement is taken back by one act: told, recorded, and from then on of no use here to the other side."""

import pytest
from django.utils import timezone

from evenhand.relationships.verify import verify
from evenhand_server.dealings.models import Dealing
from evenhand_server.journal.models import Entry
from evenhand_server.news.models import News
from evenhand_server.offers.actions import accept_offer, ask, make_offer
from evenhand_server.people.actions import add_member, found_organisation, keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of
from evenhand_server.people.roles import Role
from evenhand_server.relationships.actions import announce_change, wish_to_go_on
from evenhand_server.relationships.models import Relationship, VendorChange
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.storage.errors import ForbiddenActionError, NotFoundError
from evenhand_server.terms.actions import answer_terms, disclose, revoke_agreement
from evenhand_server.terms.errors import NoAgreementError
from evenhand_server.terms.models import AgreementRevocation, Outcome, Record, Revocation, Stage
from evenhand_server.terms.queries import ceremony_of, disclosures_of, has_agreed
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, an_offer, dealing_after_matching, offered, reread
from tests.market import SENTENCE, browser_of, person
from tests.programs import program_of

pytestmark = pytest.mark.django_db
WORDS = "hard trails"


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """A deal, with two details given."""
    keep_details(rosa, {"phone": "01632 960174", "town": "Hull"})
    found, _ = accepted(rosa, hull_cycles)
    for field in ("phone", "town"):
        disclose(rosa, found, field)
    work_all()
    return reread(found)


def page_of(actor: Actor, dealing: Dealing) -> str:
    """The page of the dealing as somebody sees it."""
    return browser_of(actor).get(f"/dealings/{dealing.public_id}").content.decode()


def test_one_act_takes_back_terms_and_every_detail_and_records_each(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    before = Record.objects.count()
    revoke_agreement(rosa, dealing)
    agreement = Record.objects.get(kind="terms")
    made = list(Record.objects.order_by("number")[before:])
    assert [one.kind for one in made] == ["revocation"] * 3
    assert agreement.digest in made[-1].data
    assert Revocation.objects.count() == 2
    assert Entry.objects.get(event="agreement.revoked").data == {"agreements": 1, "details": 2}
    assert ceremony_of(dealing).state == "revoked"  # type: ignore[union-attr]
    for side in (rosa, hull_cycles):
        assert verify(bundle_for(side, reread(dealing))).is_valid


def test_the_vendor_is_told_once_and_can_use_nothing_of_it_here(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    assert WORDS in page_of(hull_cycles, dealing)
    revoke_agreement(rosa, dealing)
    work_all()
    told = News.objects.filter(
        person=hull_cycles.person, what__in=("agreement_revoked", "detail_taken_back", "no_said")
    )
    assert [one.what for one in told] == ["agreement_revoked"]
    dealing = reread(dealing)
    assert not has_agreed(dealing)
    seen = page_of(hull_cycles, dealing)
    assert "They took their agreement back" in seen
    for held in (WORDS, "01632", SENTENCE):
        assert held not in seen
    with pytest.raises(NoAgreementError):
        ask(hull_cycles, dealing, "Still there?")
    program = program_of(hull_cycles)
    assert {one["value"] for one in program.get(f"/dealings/{dealing.public_id}/disclosures").items} == {None}
    assert program.get(f"/dealings/{dealing.public_id}")["veiled"] is None
    assert "01632" not in bundle_for(hull_cycles, dealing).decode("latin-1")


def test_an_offer_under_an_agreement_taken_back_can_neither_be_made_nor_accepted(
    rosa: Actor, hull_cycles: Actor
) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    version = offered(hull_cycles, dealing)
    revoke_agreement(rosa, reread(dealing))
    dealing = reread(dealing)
    for attempt in (
        lambda: make_offer(hull_cycles, dealing, an_offer(400)),
        lambda: accept_offer(rosa, dealing, version.number),
    ):
        with pytest.raises(Exception, match="dealing_ended"):
            attempt()


def test_a_relationship_says_that_its_terms_were_taken_back(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    work_all()
    revoke_agreement(rosa, reread(dealing))
    assert AgreementRevocation.objects.count() == 2
    grown = Relationship.objects.get()
    assert "took this agreement back" in browser_of(rosa).get(f"/relationships/{grown.public_id}").content.decode()


def test_terms_that_wait_to_be_agreed_anew_can_be_taken_back_too(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing
) -> None:
    announce_change(hull_cycles, VendorChange.Kind.TERMS)
    work_all()
    revoke_agreement(rosa, reread(dealing))
    with pytest.raises(Exception, match="dealing_ended"):
        answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)
    assert not has_agreed(reread(dealing))


def test_it_is_asked_first_done_once_and_only_by_the_asker(
    rosa: Actor, hull_cycles: Actor, tom: Actor, dealing: Dealing
) -> None:
    path = f"/dealings/{dealing.public_id}/revocation"
    rosas = browser_of(rosa)
    question = rosas.get(path).content.decode()
    assert "Phone" in question
    assert "stays bought" in question
    assert not AgreementRevocation.objects.exists()
    for actor in (hull_cycles, tom):
        assert browser_of(actor).get(path).status_code == 404
        assert browser_of(actor).post(path).status_code == 404
    for _ in range(2):
        assert rosas.post(path, {"idempotency_key": "the same click"}).status_code == 302
    assert AgreementRevocation.objects.count() == 1
    assert rosas.get(path).status_code == 404
    assert "You took this agreement back" in page_of(rosa, dealing)
    agreements = rosas.get("/me/agreements").content.decode()
    assert "Taken back" in agreements
    with pytest.raises(NoAgreementError):
        revoke_agreement(rosa, reread(dealing))


def test_programs_take_it_back_too(rosa: Actor, hull_cycles: Actor, tom: Actor, dealing: Dealing) -> None:
    path = f"/dealings/{dealing.public_id}/revocation"
    assert program_of(tom).post(path).status == 404
    assert program_of(hull_cycles).post(path).status == 404
    program = program_of(rosa)
    first = program.post(path, key="one")
    assert (first.status, first["state"]) == (201, "revoked")
    assert program.post(path, key="one").headers["Idempotency-Replayed"] == "true"
    assert program.post(path, key="two").status == 409
    assert disclosures_of(dealing).filter(revocation__isnull=True).count() == 0


def test_a_buyer_who_may_not_disclose_takes_nothing_back(hull_cycles: Actor) -> None:
    founder = person("school")
    school = actor_of(founder.person, found_organisation(founder, name="Aire School", country="GB").public_id)
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(school, terms="EH-WORK-REQUEST"))
    buyer = person("buyer")
    member = actor_of(buyer.person, add_member(school, username="buyer", role=Role.BUYER).public_id)
    with pytest.raises(ForbiddenActionError):
        revoke_agreement(member, reread(dealing))
    with pytest.raises(NotFoundError):
        revoke_agreement(hull_cycles, reread(dealing))
    revoke_agreement(school, reread(dealing))
    assert AgreementRevocation.objects.get().at <= timezone.now()
