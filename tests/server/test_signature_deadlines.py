"""A signature awaited from somebody's own device has a deadline; silence ends in a recorded state, nothing hangs."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from evenhand.records import Custody, signing_key
from evenhand.relationships.verify import verify
from evenhand.terms.own_device import sign_on_own_device, write_signature
from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import is_going
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.keys.actions import add_change_signature, begin_change, sign_record
from evenhand_server.keys.errors import SignatureLateError
from evenhand_server.keys.queries import awaited_of
from evenhand_server.news.models import News
from evenhand_server.offers.actions import accept_offer
from evenhand_server.offers.queries import acceptance_of, is_won
from evenhand_server.people.actions import keep_details
from evenhand_server.people.actor import Actor
from evenhand_server.relationships.actions import announce_change, wish_to_go_on
from evenhand_server.relationships.models import VendorChange
from evenhand_server.relationships.queries import bundle_for, relationship_on
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.actions import answer_counter, answer_terms, disclose
from evenhand_server.terms.errors import TermsLateError
from evenhand_server.terms.models import AwaitedSignature, Lapse, Outcome, Proffer, Record, Stage
from evenhand_server.terms.queries import ceremony_of, disclosures_of, has_agreed
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, dealing_after_matching, offered, reread
from tests.market import browser_of
from tests.programs import program_of

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).parents[2] / "docs" / "verify_bundle.py"
SHOPS, ROSAS = bytes(range(32)), bytes(range(1, 33))
A_WEEK_AND_A_DAY = timedelta(days=8)


def by_device(data: str, seed: bytes = SHOPS) -> bytes:
    """What `evenhand sign` would print for a downloaded file."""
    return write_signature(sign_on_own_device(data.encode(), seed=seed))


def on_device(actor: Actor, dealing: Dealing | None = None, seed: bytes = SHOPS) -> None:
    """Somebody takes their key into their own hands."""
    change = begin_change(actor, signing_key(seed, custody=Custody.OWN_DEVICE).public, dealing=dealing)
    assert add_change_signature(actor, change.public_id, by_device(change.data, seed)) is None


def the_time_is_over() -> None:
    """The workers find that nobody signed."""
    work_all(timezone.now() + A_WEEK_AND_A_DAY)


def told(actor: Actor) -> list[str]:
    """What somebody was told about signatures."""
    rows = News.objects.filter(person=actor.person, what="signature_expired")
    return [row.path for row in rows.order_by("id")]


@pytest.fixture
def dealing(rosa: Actor, hull_cycles: Actor) -> Dealing:
    """Hull Cycles keeps its key on its own device, and has accepted Rosa's terms without signing yet."""
    on_device(hull_cycles)
    found = dealing_after_matching(rosa)
    answer_terms(hull_cycles, found, Outcome.ACCEPTED)
    return reread(found)


def test_the_deadline_is_the_end_of_a_day_where_the_asker_lives(hull_cycles: Actor, dealing: Dealing) -> None:
    (waiting,) = awaited_of(hull_cycles)
    assert waiting.time_zone == dealing.intent.time_zone
    local = waiting.expires_at.astimezone(ZoneInfo(waiting.time_zone))
    assert (local.hour, local.minute) == (23, 59)
    assert local.date() == (waiting.at + timedelta(days=7)).astimezone(ZoneInfo(waiting.time_zone)).date()


def test_both_sides_read_until_when_it_can_be_signed(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    (waiting,) = awaited_of(hull_cycles)
    page = f"/dealings/{dealing.public_id}"
    for actor, path in (
        (rosa, page),
        (hull_cycles, page),
        (hull_cycles, "/me/keys"),
        (hull_cycles, f"/me/signatures/{waiting.public_id}"),
    ):
        local = waiting.expires_at.astimezone(ZoneInfo(actor.person.time_zone))
        assert local.strftime("%H:%M %Z") in browser_of(actor).get(path).content.decode()
    shown = program_of(hull_cycles).get("/awaited_signatures").items[0]
    assert shown["time_zone"] == dealing.intent.time_zone
    ceremony = program_of(rosa).get(f"/dealings/{dealing.public_id}")["terms"]
    assert ceremony["state"] == "signing"
    assert ceremony["sign_by"] == shown["expires_at"]


def test_silence_is_expired_recorded_and_told_to_both(
    rosa: Actor, hull_cycles: Actor, dealing: Dealing, tmp_path: Path
) -> None:
    (waiting,) = awaited_of(hull_cycles)
    the_time_is_over()
    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert ceremony.state == "expired"
    assert not has_agreed(dealing)
    assert not AwaitedSignature.objects.exists()
    for actor in (rosa, hull_cycles):
        assert told(actor) == [f"/dealings/{dealing.public_id}"]
        assert "binds nobody" in browser_of(actor).get(f"/dealings/{dealing.public_id}").content.decode()
    unsigned, said = Record.objects.order_by("number")
    assert (said.kind, len(said.signatures)) == ("interaction", 1)
    assert unsigned.digest in said.data
    assert Entry.objects.filter(event="signature.expired", subject=unsigned.public_id).count() == 1
    packed = bundle_for(rosa, reread(dealing))
    report = verify(packed)
    assert report.is_valid
    assert {finding.code for finding in report.findings} == {"signature_lapsed"}
    file = tmp_path / "dealing.zip"
    file.write_bytes(packed)
    assert subprocess.run([sys.executable, str(VERIFIER), str(file)], check=False).returncode == 0
    with pytest.raises(NotFoundError):
        sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))


def test_what_is_signed_in_time_does_not_expire_later(rosa: Actor, hull_cycles: Actor, dealing: Dealing) -> None:
    (waiting,) = awaited_of(hull_cycles)
    sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))
    the_time_is_over()
    assert not Lapse.objects.exists()
    assert not told(rosa)
    assert has_agreed(dealing)


def test_a_signature_after_the_deadline_counts_for_nothing_whether_or_not_a_worker_was_there(
    hull_cycles: Actor, dealing: Dealing
) -> None:
    (waiting,) = awaited_of(hull_cycles)
    AwaitedSignature.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(SignatureLateError):
        sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))
    assert not has_agreed(dealing)


def test_an_accepted_offer_that_no_device_signs_ends_kindly_and_the_request_can_be_asked_again(
    rosa: Actor, hull_cycles: Actor
) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    on_device(hull_cycles)
    version = offered(hull_cycles, dealing)
    accept_offer(rosa, reread(dealing), version.number)
    dealing = reread(dealing)
    page = browser_of(rosa).get(f"/dealings/{dealing.public_id}").content.decode()
    assert "There is time to sign until" in page
    assert "Both sides have signed" not in page
    the_time_is_over()
    dealing = reread(dealing)
    assert not is_won(dealing)
    assert acceptance_of(dealing.intent) is None
    assert not is_going(dealing, timezone.now())
    assert dealing.decline.reason == "not_signed"
    assert "Their device did not sign" in browser_of(rosa).get(f"/dealings/{dealing.public_id}").content.decode()
    assert "Ask again" in browser_of(rosa).get(f"/intents/{dealing.intent.public_id}").content.decode()
    offer = program_of(rosa).get(f"/dealings/{dealing.public_id}/offer")
    assert offer["state"] == "lapsed"


def test_going_on_that_no_device_signs_never_begins(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    version = offered(hull_cycles, dealing)
    accept_offer(rosa, reread(dealing), version.number)
    wish_to_go_on(rosa, reread(dealing), terms="SD-BASE-DP", also=[], months=12)
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
    on_device(hull_cycles)
    work_all()
    assert relationship_on(dealing) is not None
    the_time_is_over()
    assert relationship_on(dealing) is None
    assert program_of(rosa).get("/relationships").items == []
    assert "It did not come to that" in browser_of(rosa).get(f"/dealings/{dealing.public_id}").content.decode()


def test_a_detail_that_rosas_device_does_not_sign_is_shown_no_more(rosa: Actor, hull_cycles: Actor) -> None:
    keep_details(rosa, {"phone": "01632 960174"})
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    on_device(rosa, dealing, ROSAS)
    disclose(rosa, reread(dealing), "phone")
    the_time_is_over()
    (given,) = disclosures_of(dealing)
    assert not given.stands_on(timezone.localdate())
    assert "01632" not in browser_of(hull_cycles).get(f"/dealings/{dealing.public_id}").content.decode()
    assert program_of(hull_cycles).get(f"/dealings/{dealing.public_id}/disclosures").items[0]["value"] is None


def test_with_both_keys_on_devices_it_still_comes_to_an_end(rosa: Actor, hull_cycles: Actor) -> None:
    on_device(hull_cycles)
    dealing = dealing_after_matching(rosa)
    on_device(rosa, dealing, ROSAS)
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)
    the_time_is_over()
    assert ceremony_of(dealing).state == "expired"  # type: ignore[union-attr]
    work_all(timezone.now() + 2 * A_WEEK_AND_A_DAY)
    assert Lapse.objects.count() == Record.objects.count() == 2
    assert not AwaitedSignature.objects.exists()


def test_an_answer_after_the_deadline_counts_for_nothing_even_before_a_worker_found_it_over(
    rosa: Actor, hull_cycles: Actor
) -> None:
    dealing = dealing_after_matching(rosa)
    Proffer.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(TermsLateError):
        answer_terms(hull_cycles, dealing, Outcome.ACCEPTED)
    assert (
        program_of(hull_cycles).post(f"/dealings/{dealing.public_id}/terms_answer", {"outcome": "accepted"})["code"]
        == "terms_late"
    )
    assert not Record.objects.exists()


def test_a_counter_at_the_last_moment_leaves_rosa_time_to_read_it(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    proffer = wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=12)
    Proffer.objects.filter(pk=proffer.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    answer_terms(hull_cycles, reread(dealing), Outcome.COUNTERED, counter="SD-BASE-ATP", stage=Stage.RELATIONSHIP)
    proffer.refresh_from_db()
    assert proffer.expires_at > timezone.now() + timedelta(days=2)
    assert DueRow.objects.get(step="expire_proffer", target=proffer.pk).next_at == proffer.expires_at
    Proffer.objects.filter(pk=proffer.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(TermsLateError):
        answer_counter(rosa, reread(dealing), accepts=True, stage=Stage.RELATIONSHIP)


def test_nobody_is_told_that_both_have_signed_while_a_device_has_not(rosa: Actor, hull_cycles: Actor) -> None:
    on_device(hull_cycles)
    dealing = dealing_after_matching(rosa)
    told = browser_of(hull_cycles).post(f"/dealings/{dealing.public_id}/terms", {"outcome": "accepted"}, follow=True)
    assert "once the device that keeps the key has signed" in told.content.decode()
    assert "signed by both sides" not in told.content.decode()


def test_terms_put_anew_say_until_when_the_device_can_sign_them(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    announce_change(hull_cycles, VendorChange.Kind.TERMS)
    work_all()
    on_device(hull_cycles)
    answer_terms(hull_cycles, reread(dealing), Outcome.ACCEPTED)
    for actor in (rosa, hull_cycles):
        assert "There is time to sign until" in browser_of(actor).get(f"/dealings/{dealing.public_id}").content.decode()
    the_time_is_over()
    assert not has_agreed(reread(dealing))
