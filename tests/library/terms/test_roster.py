"""The roster is the only source of terms; each trap that its sources hold has a test of its own."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from evenhand.records import digest
from evenhand.terms.change import change
from evenhand.terms.roster import ReservedTermsError, Roster, RosterUnreadableError, Terms

AT_LAUNCH = {"SD-BASE", "SD-BASE-DP", "PDC-INTENT", "PDC-AI", "PDC-GOOD"}
STANDARD = AT_LAUNCH | {f"SD-BASE-{suffix}" for suffix in ("A", "AT", "ATP", "ATP-S3P")}
WITH_PORTABILITY = {f"SD-BASE-{suffix}-DP" for suffix in ("A", "AT", "ATP", "ATP-S3P")}


def terms(roster: Roster, name: str) -> Terms:
    found = roster.find(name)
    assert found is not None
    return found


def test_the_roster_holds_what_was_promised(roster: Roster) -> None:
    names = {one.id for one in roster}
    assert {one.id for one in roster if one.at_launch} == AT_LAUNCH
    assert STANDARD | WITH_PORTABILITY | {"TPR", "TPR-IDENTITY-REF"} <= names
    assert {one.id for one in roster if one.between == "organisations"} == {
        "EH-WORK-REQUEST",
        "EH-WORK-REQUEST-SUB",
        "EH-WORK-BASE",
        "EH-WORK-BASE-DP",
    }


def test_every_text_is_one_page_of_plain_words_that_names_its_source(roster: Roster) -> None:
    for one in roster:
        assert one.text.startswith(f"{one.id}: {one.title}\n")
        assert len(one.text.split()) < 450
        assert "the one that forbids wins" in one.text
        assert "no conformance to it is claimed" in one.text or one.id.startswith("EH-")
        assert one.text_digest == digest(one.text.encode())


@pytest.mark.parametrize("name", sorted(STANDARD | WITH_PORTABILITY | {"TPR"}))
def test_every_standard_id_is_known_by_its_three_addresses(roster: Roster, name: str) -> None:
    old, new = "https://w3id.org/dpv/standards/p7012#", "https://w3id.org/dpv/standards/ieee/7012#"
    for address in (old + name.replace("SD-BASE", "SD-BY"), old + name, new + name):
        assert roster.find(address) == terms(roster, name)
        assert address in roster


def test_trap_permitted_is_not_required(roster: Roster) -> None:
    """DPV 2.1 and 2.3 swap the marks for must and may; read with the wrong one SD-BASE-A would demand analytics."""
    analytics = terms(roster, "SD-BASE-A")
    assert analytics.permits("own_analytics")
    assert not analytics.requires("own_analytics")
    assert not any(one.requires("own_analytics") for one in roster)


def test_trap_nobody_else_may_track(roster: Roster) -> None:
    """An example of DPV 2.3 prohibits tracking by others in its comment and permits it in its data."""
    assert not any(one.permits("others_tracking") for one in roster)
    assert "others_tracking" in terms(roster, "SD-BASE-AT").prohibited


def test_trap_prohibition_wins(roster: Roster) -> None:
    """The published ODRL drafts let permission win; here what is both permitted and prohibited is forbidden."""
    base = terms(roster, "SD-BASE")
    both = Terms(
        **{
            **{name: getattr(base, name) for name in Terms.__dataclass_fields__},
            "permitted": base.permitted | {"sharing"},
        }
    )
    assert "sharing" in both.permitted & both.prohibited
    assert not both.permits("sharing")
    assert "sharing" not in both.rights


def test_trap_intent_needs_no_portability_and_has_a_purpose_of_our_own(roster: Roster) -> None:
    """Portability of PDC-INTENT is a permission in one source and a must in another; no address names the purpose."""
    intent = terms(roster, "PDC-INTENT")
    assert not intent.requires("portability")
    assert intent.rights == {"intent_answering"}
    assert not intent.permits("service_delivery")


@pytest.mark.parametrize(
    "name",
    [
        "SD-BASE-X",
        "SD-BASE-ATPX",
        "SD-BASE-DP-ATP",
        "SD-BASE-AT-S3P",
        "SD-BASE ",
        "sd-base",
        "SD-BASE\u200b",
        "SD\u2010BASE",
        "SD-BY",
        "PDC",
        "PDC-INTENT-AI",
        "P2B1",
        "P2B1(beta)",
        "#NoStalking",
        "https://w3id.org/dpv/standards/ieee/7012#SD-BASE-X",
        "https://w3id.org/dpv/standards/ieee/7012#sd-base",
        "http://w3id.org/dpv/standards/ieee/7012#SD-BASE",
        "ieee-7012:SD-BASE",
        "",
    ],
)
def test_trap_an_unknown_suffix_never_widens_rights(roster: Roster, name: str) -> None:
    assert roster.find(name) is None
    assert name not in roster
    assert 7012 not in roster


def test_trap_the_letters_mean_the_organisation_alone(roster: Roster) -> None:
    """DPV defines profiling by the second party as only by the first; the definitions of the agreements count."""
    profiling = terms(roster, "SD-BASE-ATP")
    assert profiling.permits("own_profiling")
    assert not profiling.permits("others_profiling")
    assert not profiling.permits("sharing_anonymised")
    assert terms(roster, "SD-BASE-ATP-S3P").permits("sharing_anonymised")
    assert not terms(roster, "SD-BASE-ATP-S3P").permits("sharing")


def test_trap_pdc_ai_permits_training_and_does_not_forbid_it(roster: Roster) -> None:
    assert terms(roster, "PDC-AI").permits("ai_training")
    assert [one.id for one in roster if one.permits("ai_training")] == ["PDC-AI"]


def test_portability_is_a_duty_where_the_name_says_so(roster: Roster) -> None:
    assert {one.id for one in roster if one.requires("portability")} == (
        {"SD-BASE-DP", "EH-WORK-BASE-DP"} | WITH_PORTABILITY
    )


def test_each_letter_adds_one_right_and_nothing_else(roster: Roster) -> None:
    ladder = ["SD-BASE", "SD-BASE-A", "SD-BASE-AT", "SD-BASE-ATP", "SD-BASE-ATP-S3P"]
    for less, more in pairwise(ladder):
        found = change(terms(roster, less), terms(roster, more))
        assert len(found.rights_more) == 1
        assert not found.rights_less | found.duties_more | found.duties_less
        assert found.is_wider
        assert not change(terms(roster, more), terms(roster, less)).is_wider


def test_less_duty_is_wider_too(roster: Roster) -> None:
    assert change(terms(roster, "SD-BASE-DP"), terms(roster, "SD-BASE")).is_wider
    assert not change(terms(roster, "SD-BASE"), terms(roster, "SD-BASE-DP")).is_wider


def test_what_is_not_permitted_is_prohibited_by_name(roster: Roster) -> None:
    """The baseline follows Creative Commons: what is not named is forbidden. We name it all the same."""
    rights = frozenset().union(*(one.permitted | one.prohibited for one in roster)) - {"sub_contractors"}
    for one in roster:
        assert one.permitted & one.prohibited == set()
        assert one.permitted | one.prohibited >= rights


PLAIN: dict[str, object] = {
    "format": 1,
    "id": "hull",
    "version": "1",
    "source": "Hull's own",
    "reserved": [],
    "rights": ["service_delivery", "sharing"],
    "duties": ["service_delivery"],
}
ENTRY: dict[str, object] = {
    "id": "HULL-BASE",
    "title": "Our way",
    "between": "organisations",
    "gates": "relationship",
    "lasts": "ongoing",
    "file": "hull.txt",
    "sha256": digest(b"Be fair.\n").removeprefix("sha256:"),
    "clauses": {"permitted": ["service_delivery"], "prohibited": ["sharing"], "required": []},
    "aliases": [],
}


def own_roster(folder: Path, *entries: dict[str, object], **changes: object) -> Path:
    (folder / "hull.txt").write_bytes(b"Be fair.\n")
    (folder / "roster.json").write_text(json.dumps({**PLAIN, "terms": list(entries), **changes}))
    return folder


def test_an_operator_can_add_terms_of_their_own(roster: Roster, tmp_path: Path) -> None:
    own = Roster.load(own_roster(tmp_path, ENTRY))
    both = roster.with_own(own)
    found = terms(both, "HULL-BASE")
    assert (found.roster, found.version, found.text) == ("hull", "1", "Be fair.\n")
    assert both.find("SD-BASE") == roster.find("SD-BASE")


@pytest.mark.parametrize("name", ["SD-BASE", "SD-MINE", "sd-mine", "PDC-SELL", "PDC", "TPR-X", "P2B9", "EH-MORE"])
def test_nobody_can_mint_what_looks_like_a_standard(roster: Roster, tmp_path: Path, name: str) -> None:
    own = Roster.load(own_roster(tmp_path, {**ENTRY, "id": name}))
    with pytest.raises(ReservedTermsError):
        roster.with_own(own)


def test_nobody_can_answer_to_the_address_of_a_standard(roster: Roster, tmp_path: Path) -> None:
    address = "https://w3id.org/dpv/standards/ieee/7012#SD-BASE"
    with pytest.raises(ReservedTermsError):
        roster.with_own(Roster.load(own_roster(tmp_path, {**ENTRY, "aliases": [address]})))


def test_nobody_can_pass_for_our_roster(roster: Roster, tmp_path: Path) -> None:
    with pytest.raises(ReservedTermsError):
        roster.with_own(Roster.load(own_roster(tmp_path, ENTRY, id="evenhand")))


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({**ENTRY, "sha256": "0" * 64}, "text"),
        ({**ENTRY, "file": "other.txt"}, "file"),
        ({**ENTRY, "file": "../hull.txt"}, "file"),
        ({**ENTRY, "file": ".hull"}, "file"),
        ({**ENTRY, "between": "strangers"}, "kind"),
        ({**ENTRY, "gates": "everything"}, "kind"),
        ({**ENTRY, "lasts": "forever"}, "kind"),
        ({**ENTRY, "clauses": {"permitted": ["anything_else"]}}, "clause"),
        ({**ENTRY, "clauses": {"required": ["anything_else"]}}, "clause"),
        ({**ENTRY, "clauses": []}, "shape"),
        ({**ENTRY, "clauses": {"permitted": "all"}}, "permitted"),
        ({**ENTRY, "title": ""}, "title"),
        ({**ENTRY, "id": 7}, "id"),
        ({**ENTRY, "aliases": ["HULL-BASE"]}, "twice"),
    ],
)
def test_a_roster_that_breaks_its_own_rules_is_refused(tmp_path: Path, entry: dict[str, object], reason: str) -> None:
    with pytest.raises(RosterUnreadableError) as refused:
        Roster.load(own_roster(tmp_path, entry))
    assert refused.value.data["reason"] == reason


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"format": 2}', '{"format": 1}', '{"format": 1, "id": "hull", "version": "1", "terms": 1}'],
)
def test_what_is_no_roster_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "roster.json").write_text(content)
    with pytest.raises(RosterUnreadableError):
        Roster.load(tmp_path)
    with pytest.raises(RosterUnreadableError):
        Roster.load(tmp_path / "nowhere")
