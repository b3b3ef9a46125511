"""Terms are answered once: accepted, countered from the same roster, or refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.terms.answer import (
    Accepted,
    Counter,
    CounterNotOnRosterError,
    Refusal,
    SecondCounterError,
    answer,
    counter,
    may_counter,
)
from evenhand.terms.preferences import (
    OF_A_NEW_ORGANISATION,
    OF_A_NEW_PERSON,
    Ask,
    Preferences,
    answer_counter,
    answer_proffer,
    to_proffer,
)
from evenhand.terms.roster import Roster, Terms

NAMES = st.sampled_from(
    ["SD-BASE", "SD-BASE-DP", "SD-BASE-A", "SD-BASE-ATP-S3P", "PDC-INTENT", "PDC-AI", "TPR", "EH-WORK-BASE", "SD-X", ""]
)


def terms(roster: Roster, name: str) -> Terms:
    found = roster.find(name)
    assert found is not None
    return found


def test_hull_cycles_accepts_what_it_said_it_accepts(roster: Roster) -> None:
    accepts = frozenset({"PDC-INTENT", "SD-BASE"})
    assert answer("SD-BASE", roster=roster, accepts=accepts) == Accepted(terms(roster, "SD-BASE"))


def test_an_address_is_as_good_as_an_id(roster: Roster) -> None:
    address = "https://w3id.org/dpv/standards/p7012#SD-BY-DP"
    assert answer(address, roster=roster, accepts=frozenset({"SD-BASE-DP"})) == Accepted(terms(roster, "SD-BASE-DP"))


def test_hull_cycles_counters_with_the_best_it_prefers(roster: Roster) -> None:
    told = answer("SD-BASE-DP", roster=roster, accepts=frozenset({"SD-BASE"}), prefers=("PDC-INTENT", "SD-BASE"))
    assert told == Counter(terms(roster, "SD-BASE"))


def test_a_counter_is_never_countered_again(roster: Roster) -> None:
    told = answer("SD-BASE-A", roster=roster, accepts=frozenset({"SD-BASE"}), prefers=("SD-BASE",), is_counter=True)
    assert told == Refusal("not_accepted")


def test_without_anything_to_counter_with_it_is_a_refusal(roster: Roster) -> None:
    assert answer("SD-BASE", roster=roster, accepts=frozenset()) == Refusal("not_accepted")
    assert answer("SD-BASE", roster=roster, accepts=frozenset(), prefers=("SD-BASE", "SD-NEW", "PDC-AI")) == Refusal(
        "not_accepted"
    )


def test_unknown_terms_are_refused_even_when_somebody_lists_them(roster: Roster) -> None:
    assert answer("SD-BASE-X", roster=roster, accepts=frozenset({"SD-BASE-X"})) == Refusal("unknown_terms")


@given(NAMES, st.frozensets(NAMES), st.lists(NAMES), st.booleans())
def test_an_answer_never_goes_beyond_what_was_listed(
    roster: Roster, proffered: str, accepts: frozenset[str], prefers: list[str], is_counter: bool
) -> None:
    told = answer(proffered, roster=roster, accepts=accepts, prefers=prefers, is_counter=is_counter)
    if isinstance(told, Accepted):
        assert told.terms.id == proffered
        assert proffered in accepts
    elif isinstance(told, Counter):
        assert told.terms.id in prefers
        assert not is_counter
        assert may_counter(terms(roster, proffered), told.terms)


def test_somebody_may_choose_a_counter_by_hand(roster: Roster) -> None:
    assert counter(terms(roster, "SD-BASE"), "SD-BASE-A", roster=roster) == Counter(terms(roster, "SD-BASE-A"))


def test_trap_a_second_counter_is_rejected(roster: Roster) -> None:
    with pytest.raises(SecondCounterError):
        counter(terms(roster, "SD-BASE-A"), "SD-BASE", roster=roster, is_counter=True)


@pytest.mark.parametrize("instead", ["SD-BASE", "PDC-AI", "TPR", "EH-WORK-BASE", "SD-BASE-X", ""])
def test_a_counter_is_other_terms_for_the_same_thing(roster: Roster, instead: str) -> None:
    with pytest.raises(CounterNotOnRosterError):
        counter(terms(roster, "SD-BASE"), instead, roster=roster)


def test_a_new_person_names_what_protects_her_most(roster: Roster) -> None:
    between = "person_and_organisation"
    for gates, expected in (("intent", "PDC-INTENT"), ("relationship", "SD-BASE-DP")):
        assert to_proffer(OF_A_NEW_PERSON, roster=roster, gates=gates, between=between) == terms(roster, expected)
    assert to_proffer(OF_A_NEW_PERSON, roster=roster, gates="contribution", between=between) is None


def test_a_new_organisation_names_terms_of_its_own_kind(roster: Roster) -> None:
    found = to_proffer(OF_A_NEW_ORGANISATION, roster=roster, gates="intent", between="organisations")
    assert found == terms(roster, "EH-WORK-REQUEST")


def test_a_counter_on_rosa_s_own_list_is_accepted_for_her_and_anything_else_asks_her(roster: Roster) -> None:
    assert answer_counter("SD-BASE", OF_A_NEW_PERSON, roster=roster) == Accepted(terms(roster, "SD-BASE"))
    assert answer_counter("SD-BASE-A", OF_A_NEW_PERSON, roster=roster) == Ask(terms(roster, "SD-BASE-A"))
    assert answer_counter("SD-BASE-X", OF_A_NEW_PERSON, roster=roster) == Refusal("unknown_terms")


def test_never_beats_always(roster: Roster) -> None:
    torn = Preferences(always=("SD-BASE", "SD-BASE-A"), if_asked=("SD-BASE-DP",), never=frozenset({"SD-BASE-A"}))
    assert torn.accepts == {"SD-BASE", "SD-BASE-DP"}
    assert torn.prefers == ("SD-BASE",)
    assert answer_counter("SD-BASE-A", torn, roster=roster) == Refusal("not_accepted")


def test_a_vendor_s_preferences_answer_a_proffer(roster: Roster) -> None:
    hull = Preferences(always=("SD-BASE",), if_asked=("SD-BASE-DP",), never=frozenset({"SD-BASE-A"}))
    assert answer_proffer("SD-BASE-DP", hull, roster=roster) == Accepted(terms(roster, "SD-BASE-DP"))
    assert answer_proffer("SD-BASE-A", hull, roster=roster) == Counter(terms(roster, "SD-BASE"))
    assert answer_proffer("SD-BASE-AT", hull, roster=roster) == Ask(terms(roster, "SD-BASE-AT"))
    assert answer_proffer("SD-X", hull, roster=roster) == Refusal("unknown_terms")
