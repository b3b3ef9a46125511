"""Keys: vendors publish and change theirs, anybody may sign on their own device, and old records stay valid."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from evenhand.__main__ import main
from evenhand.records import Custody, Purpose, sign, signing_key
from evenhand.relationships.verify import verify
from evenhand.terms.own_device import sign_on_own_device, write_signature
from evenhand.terms.rotation import succeeds
from evenhand.terms.well_known import read_accepted, read_key
from evenhand_server.dealings.models import Dealing
from evenhand_server.interests.actions import set_standing_acceptances
from evenhand_server.keys.actions import (
    add_change_signature,
    begin_change,
    begin_giving_back,
    cancel_change,
    rotate_key,
    sign_record,
)
from evenhand_server.keys.errors import (
    ChangeUnderWayError,
    KeyOnDeviceError,
    KeyTakenError,
    KeyUnreadableError,
    SignatureWrongError,
)
from evenhand_server.keys.queries import awaited_of
from evenhand_server.offers.actions import accept_offer, make_offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import memberships_of
from evenhand_server.people.terms import roster
from evenhand_server.records.models import SigningKey
from evenhand_server.records.queries import published_key
from evenhand_server.relationships.queries import bundle_for
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.actions import answer_terms
from evenhand_server.terms.errors import NoAgreementError
from evenhand_server.terms.models import Outcome, Record
from evenhand_server.terms.queries import ceremony_of, has_agreed
from evenhand_server.workers.run import work_all
from tests.deal import accepted, agree_on_terms, an_offer, dealing_after_matching, offered, reread
from tests.market import browser_of, person, shop
from tests.programs import program_of

pytestmark = pytest.mark.django_db
VERIFIER = Path(__file__).parents[2] / "docs" / "verify_bundle.py"
DEVICE = bytes(range(32))
OTHER = bytes(range(1, 33))
PUBLIC = signing_key(DEVICE, custody=Custody.OWN_DEVICE).public


def by_device(data: str, seed: bytes = DEVICE) -> bytes:
    """What `evenhand sign` would print for a downloaded file."""
    return write_signature(sign_on_own_device(data.encode(), seed=seed))


def on_device(actor: Actor, dealing: Dealing | None = None, seed: bytes = DEVICE) -> None:
    """Somebody takes their key into their own hands."""
    public = signing_key(seed, custody=Custody.OWN_DEVICE).public
    change = begin_change(actor, public, dealing=dealing)
    assert add_change_signature(actor, change.public_id, by_device(change.data, seed)) is None


def test_a_vendors_new_key_leaves_old_records_valid(rosa: Actor, hull_cycles: Actor) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    before = published_key(hull_cycles.party_id)
    old = bundle_for(rosa, dealing)
    rotate_key(hull_cycles)
    rotate_key(hull_cycles)
    offered(hull_cycles, dealing)
    version = offered(hull_cycles, dealing)
    accept_offer(rosa, reread(dealing), version.number)
    bundle = bundle_for(rosa, reread(dealing))
    for packed in (old, bundle):
        assert verify(packed).is_valid
    after = published_key(hull_cycles.party_id)
    assert before is not None
    assert after is not None
    assert before.public != after.public


def test_the_stand_alone_verifier_takes_the_changed_key_too(rosa: Actor, hull_cycles: Actor, tmp_path: Path) -> None:
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    rotate_key(hull_cycles)
    version = offered(hull_cycles, dealing)
    accept_offer(rosa, reread(dealing), version.number)
    file = tmp_path / "dealing.zip"
    file.write_bytes(bundle_for(hull_cycles, reread(dealing)))
    alone = [sys.executable, str(VERIFIER), str(file)]
    assert subprocess.run(alone, check=False).returncode == 0


def test_the_published_document_leads_from_the_old_key_to_the_new(hull_cycles: Actor, client: Client) -> None:
    first = rotate_key(hull_cycles).public
    second = rotate_key(hull_cycles).public
    document = client.get(f"/organisations/{hull_cycles.party.public_id}/evenhand-key.json").json()
    key, steps = read_key(document, known=first)
    assert key == second
    assert succeeds(second, first, rotations=steps)


def test_a_vendor_signs_on_its_own_device_and_nothing_opens_before(rosa: Actor, hull_cycles: Actor) -> None:
    on_device(hull_cycles)
    dealing = dealing_after_matching(rosa)
    answer_terms(hull_cycles, dealing, Outcome.ACCEPTED)
    ceremony = ceremony_of(dealing)
    assert ceremony is not None
    assert ceremony.state == "signing"
    assert not has_agreed(dealing)
    with pytest.raises(NoAgreementError):
        make_offer(hull_cycles, dealing, an_offer())
    (waiting,) = awaited_of(hull_cycles)
    with pytest.raises(SignatureWrongError):
        sign_record(hull_cycles, waiting.public_id, by_server(waiting.record.data))
    sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))
    assert has_agreed(dealing)
    with pytest.raises(NotFoundError):
        sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))
    assert {one["custody"] for one in Record.objects.get().signatures} == {"server", "own_device"}
    assert verify(bundle_for(rosa, reread(dealing))).is_valid


def by_server(data: str) -> bytes:
    """A signature that claims another custody."""
    return write_signature(sign(data.encode(), key=signing_key(DEVICE, custody=Custody.SERVER)))


def test_rosa_signs_on_her_own_device_in_one_dealing(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = deal_with_own_key(rosa, hull_cycles)
    report = verify(bundle_for(rosa, dealing))
    assert not report.is_valid
    assert {finding.code for finding in report.findings} == {"signature_missing"}
    for waiting in awaited_of(rosa):
        sign_record(rosa, waiting.public_id, by_device(waiting.record.data))
    assert verify(bundle_for(rosa, dealing)).is_valid


def deal_with_own_key(rosa: Actor, hull_cycles: Actor) -> tuple[Dealing, int]:
    """A deal in which Rosa took her key home after the terms were signed."""
    dealing = agree_on_terms(hull_cycles, dealing_after_matching(rosa))
    on_device(rosa, dealing)
    version = offered(hull_cycles, reread(dealing))
    accept_offer(rosa, reread(dealing), version.number)
    return reread(dealing), version.number


def test_a_key_is_registered_once_so_that_it_links_nothing(rosa: Actor, hull_cycles: Actor) -> None:
    first, second = dealing_after_matching(rosa), dealing_after_matching(rosa)
    on_device(rosa, first)
    with pytest.raises(KeyTakenError):
        begin_change(rosa, PUBLIC, dealing=second)
    with pytest.raises(KeyUnreadableError):
        begin_change(rosa, "did:key:z6MkNoKey", dealing=second)


def test_a_key_counts_only_with_proof_that_it_is_ones_own(rosa: Actor, hull_cycles: Actor) -> None:
    change = begin_change(hull_cycles, PUBLIC)
    with pytest.raises(SignatureWrongError):
        add_change_signature(hull_cycles, change.public_id, b"{}")
    stranger = write_signature(
        sign(change.data.encode(), key=signing_key(OTHER, custody=Custody.OWN_DEVICE), purpose=Purpose.ROTATION)
    )
    with pytest.raises(SignatureWrongError):
        add_change_signature(hull_cycles, change.public_id, stranger)
    with pytest.raises(ChangeUnderWayError):
        rotate_key(hull_cycles)
    cancel_change(hull_cycles, change.public_id)
    assert not SigningKey.objects.filter(public=PUBLIC).exists()


def test_the_server_gets_the_key_back_only_with_the_devices_word(hull_cycles: Actor) -> None:
    on_device(hull_cycles)
    with pytest.raises(KeyOnDeviceError):
        rotate_key(hull_cycles)
    change = begin_giving_back(hull_cycles)
    add_change_signature(hull_cycles, change.public_id, by_device(change.data))
    key = published_key(hull_cycles.party_id)
    assert key is not None
    assert key.custody == "server"


def test_keys_are_kept_by_who_may_and_are_nobody_elses_business(hull_cycles: Actor, tom: Actor, rosa: Actor) -> None:
    change = begin_change(hull_cycles, PUBLIC)
    with pytest.raises(NotFoundError):
        add_change_signature(tom, change.public_id, by_device(change.data))
    with pytest.raises(NotFoundError):
        begin_change(hull_cycles, signing_key(OTHER, custody=Custody.OWN_DEVICE).public, dealing=dealing_of_rosa(rosa))
    toms = browser_of(tom)
    assert toms.get(f"/me/key_changes/{change.public_id}").status_code == 404
    assert toms.get(f"/me/key_changes/{change.public_id}/statement").status_code == 404


def dealing_of_rosa(rosa: Actor) -> Dealing:
    """A dealing whose asker's key is Rosa's."""
    return dealing_after_matching(rosa)


def test_a_seller_who_may_sell_may_not_change_the_key(hull_cycles: Actor) -> None:
    from_shop = program_of(hull_cycles)
    assert from_shop.post("/keys/rotation").status == 201
    seller = person("seller")
    from_shop.post("/members", {"username": "seller", "role": "seller"})
    acting = browser_of(seller)
    chosen = [row for row in memberships_of(seller.person) if row.role == "seller"]
    acting.post("/me/acting_for", {"membership": chosen[0].public_id})
    assert acting.post("/me/keys/rotation").status_code == 403


def test_the_pages_lead_from_the_file_to_the_signature(
    rosa: Actor, hull_cycles: Actor, shops_browser: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key_file, file = tmp_path / "my.key", tmp_path / "statement.json"
    main(["key", str(key_file)])
    public = capsys.readouterr().out.strip()
    begun = shops_browser.post("/me/keys", {"key": public}, follow=True)
    page = begun.redirect_chain[-1][0]
    file.write_bytes(shops_browser.get(f"{page}/statement").content)
    assert main(["sign", "--key", str(key_file), str(file)]) == 0
    assert shops_browser.post(page, {"text": "nonsense"}).status_code == 409
    assert shops_browser.post(page, {}).status_code == 422
    assert shops_browser.post(page, {"text": capsys.readouterr().out.strip()}).status_code == 302

    answer_terms(hull_cycles, dealing_after_matching(rosa), Outcome.ACCEPTED)
    (waiting,) = awaited_of(hull_cycles)
    page = f"/me/signatures/{waiting.public_id}"
    assert waiting.record.digest in shops_browser.get(page).content.decode()
    file.write_bytes(shops_browser.get(f"{page}/record").content)
    assert main(["sign", "--key", str(key_file), str(file)]) == 0
    with (tmp_path / "signature.json").open("w+b") as upload:
        upload.write(capsys.readouterr().out.encode())
        upload.seek(0)
        assert shops_browser.post(page, {"file": upload}).status_code == 302
    assert not awaited_of(hull_cycles)


def test_programs_do_the_same(rosa: Actor, hull_cycles: Actor) -> None:
    shops = program_of(hull_cycles)
    change = shops.post("/key_changes", {"key": PUBLIC}, key="begin")
    assert shops.post("/key_changes", {"key": PUBLIC}, key="begin")["id"] == change["id"]
    assert change["awaits"] == [PUBLIC]
    signature = json.loads(by_device(change["statement"]))
    path = f"/key_changes/{change['id']}/signatures"
    assert shops.post(path, signature, key="sign").body == {"is_done": True, "change": None}
    assert shops.post(path, signature, key="sign").body == {"is_done": True, "change": None}
    assert shops.get("/keys").items[0]["custody"] == "own_device"
    answer_terms(hull_cycles, dealing_after_matching(rosa), Outcome.ACCEPTED)
    waiting = shops.get("/awaited_signatures").items[0]
    signed = shops.post(f"/awaited_signatures/{waiting['id']}/signature", json.loads(by_device(waiting["data"])))
    assert signed["digest"] == waiting["digest"]
    assert program_of(rosa).get("/awaited_signatures").items == []


def test_going_on_begins_once_the_device_has_signed(rosa: Actor, hull_cycles: Actor) -> None:
    dealing, _ = accepted(rosa, hull_cycles)
    on_device(hull_cycles)
    rosas, shops = program_of(rosa), program_of(hull_cycles)
    rosas.post(f"/dealings/{dealing.public_id}/relationship", {"terms": "SD-BASE-DP", "months": 6})
    shops.post(f"/dealings/{dealing.public_id}/terms_answer", {"outcome": "accepted", "stage": "relationship"})
    work_all()
    assert rosas.get("/relationships").items == []
    (waiting,) = awaited_of(hull_cycles)
    sign_record(hull_cycles, waiting.public_id, by_device(waiting.record.data))
    work_all()
    assert len(rosas.get("/relationships").items) == 1


def test_an_organisations_page_and_documents_say_what_it_accepts(hull_cycles: Actor, client: Client) -> None:
    set_standing_acceptances(hull_cycles, frozenset({"PDC-INTENT"}))
    rotate_key(hull_cycles)
    own = f"/organisations/{hull_cycles.party.public_id}"
    assert "Hull Cycles" in client.get(own).content.decode()
    for path in (f"{own}/myterms.json", f"{own}/myterms", "/.well-known/myterms.json", "/.well-known/myterms"):
        answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "max-age" in answer.headers["Cache-Control"]
        assert read_accepted(answer.json(), roster=roster()) == {"PDC-INTENT"}
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
    assert client.get("/.well-known/evenhand-key.json").json()["key"] == published(hull_cycles)


def published(actor: Actor) -> str:
    """The key that somebody publishes now."""
    key = published_key(actor.party_id)
    assert key is not None
    return key.public


def test_a_server_of_several_organisations_says_where_each_ones_document_is(hull_cycles: Actor, client: Client) -> None:
    other = shop("leeds", "Leeds Laptops", terms=frozenset({"SD-BASE"}))
    set_standing_acceptances(hull_cycles, frozenset({"PDC-INTENT"}))
    document = client.get("/.well-known/myterms.json").json()
    assert document["agreements"] == []
    assert {one["name"] for one in document["organisations"]} == {"Hull Cycles", "Leeds Laptops"}
    assert other.party.public_id in document["organisations"][1]["terms"]


def test_people_and_who_only_asks_publish_nothing(rosa: Actor, hull_cycles: Actor, client: Client) -> None:
    school = shop("school", "School")
    for party in (rosa.party, school.party):
        assert client.get(f"/organisations/{party.public_id}").status_code == 404
        assert client.get(f"/organisations/{party.public_id}/myterms.json").status_code == 404
    assert client.get(f"/organisations/{'0' * 32}").status_code == 404
