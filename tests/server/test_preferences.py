"""What a party thinks of which terms, said once: named for it when it asks, and answered with when others counter."""

from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from evenhand.terms.preferences import OF_A_NEW_PERSON, Preferences
from evenhand_server.interests.actions import set_standing_acceptances
from evenhand_server.interests.queries import standing_terms, standing_terms_of
from evenhand_server.people.actions import keep_preferences
from evenhand_server.people.actor import Actor
from evenhand_server.people.terms import preferences_of, terms_to_choose
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.terms.actions import answer_terms
from evenhand_server.terms.models import CounterAnswer, Outcome, Record, Stage
from evenhand_server.terms.queries import ceremony_of
from tests.deal import accepted, dealing_after_matching
from tests.programs import program_of

pytestmark = pytest.mark.django_db


def state_after_counter(rosa: Actor, hull_cycles: Actor, counter: str) -> str:
    """How it stands when Hull Cycles answers Rosa's wish to go on with other terms."""
    dealing, _ = accepted(rosa, hull_cycles)
    wish_to_go_on(rosa, dealing, terms="SD-BASE-DP", also=[], months=6)
    answer_terms(hull_cycles, dealing, Outcome.COUNTERED, counter=counter, stage=Stage.RELATIONSHIP)
    ceremony = ceremony_of(dealing, Stage.RELATIONSHIP)
    assert ceremony is not None
    return ceremony.state


def test_a_new_person_prefers_portability_and_takes_nothing_wider_unasked(rosa: Actor) -> None:
    assert preferences_of(rosa.party) == OF_A_NEW_PERSON
    assert [terms.id for terms in terms_to_choose("relationship", rosa)][:2] == ["SD-BASE-DP", "SD-BASE"]


def test_a_counter_on_rosas_own_list_is_accepted_for_her_and_signed(rosa: Actor, hull_cycles: Actor) -> None:
    assert state_after_counter(rosa, hull_cycles, "SD-BASE") == "accepted"
    assert Record.objects.filter(kind="terms").latest("id").signatures[1:] != []
    assert CounterAnswer.objects.get().by is None


def test_a_counter_on_no_list_asks_rosa(rosa: Actor, hull_cycles: Actor) -> None:
    assert state_after_counter(rosa, hull_cycles, "SD-BASE-ATP") == "countered"


def test_a_counter_rosa_never_takes_is_refused_for_her_and_recorded(rosa: Actor, hull_cycles: Actor) -> None:
    keep_preferences(rosa, Preferences(("PDC-INTENT", "SD-BASE-DP"), (), frozenset({"SD-BASE-ATP"})))
    assert state_after_counter(rosa, hull_cycles, "SD-BASE-ATP") == "refused"
    assert Record.objects.latest("id").kind == "interaction"


def test_what_is_named_first_is_what_is_suggested(rosa: Actor) -> None:
    keep_preferences(rosa, Preferences(("PDC-INTENT", "SD-BASE", "SD-BASE-DP"), (), frozenset({"SD-BASE-A"})))
    offered = [terms.id for terms in terms_to_choose("relationship", rosa)]
    assert offered[0] == "SD-BASE"
    assert "SD-BASE-A" not in offered


def test_never_beats_a_standing_acceptance(hull_cycles: Actor) -> None:
    set_standing_acceptances(hull_cycles, frozenset({"EH-WORK-REQUEST"}))
    keep_preferences(hull_cycles, Preferences(never=frozenset({"EH-WORK-REQUEST"})))
    assert standing_terms(hull_cycles.party_id) == frozenset()
    assert standing_terms_of([hull_cycles.party_id]) == {}


def test_the_page_keeps_what_is_said_and_refuses_to_name_first_what_is_not_named(
    rosa: Actor, rosas_browser: Client
) -> None:
    page = rosas_browser.get("/me/terms")
    said = {field.html_name: field.value() for field in page.context["form"]}
    assert rosas_browser.post("/me/terms", said | {"first_relationship": "SD-BASE-A"}).status_code == 422
    sent = said | {"SD-BASE-A": "always", "first_relationship": "SD-BASE-A", "PDC-AI": "never"}
    assert rosas_browser.post("/me/terms", sent).status_code == 302
    assert preferences_of(rosa.party).prefers[0] == "SD-BASE-A"
    assert preferences_of(rosa.party).never == {"PDC-AI"}


def test_programs_keep_preferences_by_exact_ids_only(rosa: Actor) -> None:
    program = program_of(rosa)
    assert program.get("/me/terms").body["always"] == ["PDC-INTENT", "SD-BASE-DP"]
    asked = {"always": ["PDC-INTENT", "SD-BASE"], "if_asked": [], "never": ["PDC-AI"]}
    assert program.put("/me/terms", asked, key="one").body == asked
    assert program.put("/me/terms", asked, key="one").body == asked
    assert program.put("/me/terms", {"never": ["SD-BASE-X"]}).wrong == {"never"}


def test_preferences_are_ones_own(rosa: Actor, tom: Actor) -> None:
    keep_preferences(rosa, Preferences(never=frozenset({"PDC-INTENT"})))
    assert preferences_of(tom.party) == OF_A_NEW_PERSON


def test_the_deadline_is_the_end_of_a_day_where_rosa_lives(rosa: Actor, hull_cycles: Actor) -> None:
    rosa.person.time_zone = "Asia/Tokyo"
    ceremony = ceremony_of(dealing_after_matching(rosa))
    assert ceremony is not None
    proffer = ceremony.proffer
    assert proffer.time_zone == "Asia/Tokyo"
    local = proffer.expires_at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert (local.hour, local.minute) == (23, 59)
