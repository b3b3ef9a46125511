"""People and parties: for whom somebody acts, what a role may, and what ends with a membership."""

import pytest

from evenhand_server.people.actions import (
    add_member,
    end_membership,
    found_organisation,
    keep_details,
    keep_person,
    make_token,
    revoke_token,
)
from evenhand_server.people.actor import Actor
from evenhand_server.people.errors import LastStewardError, NoSuchPersonError
from evenhand_server.people.models import Membership
from evenhand_server.people.queries import actor_of, actor_of_token, blocked_with, details_of, own_words, people_to_tell
from evenhand_server.people.roles import MAY, Act, Role
from evenhand_server.safety.actions import block
from evenhand_server.storage.errors import ForbiddenActionError, NotFoundError
from tests.deal import announce, dealing_after_matching
from tests.market import person

pytestmark = pytest.mark.django_db


def test_everybody_acts_for_themself_first(rosa: Actor) -> None:
    assert rosa.role == Role.SELF
    assert rosa.party.name == "Rosa Lindqvist"


def test_an_unknown_membership_is_no_way_into_another_party(rosa: Actor, hull_cycles: Actor) -> None:
    assert actor_of(rosa.person, hull_cycles.membership.public_id).party == rosa.party


def test_a_member_acts_until_the_membership_ends(rosa: Actor, hull_cycles: Actor) -> None:
    membership = add_member(hull_cycles, username="rosa", role=Role.SELLER)
    assert actor_of(rosa.person, membership.public_id).party == hull_cycles.party

    _, secret = make_token(actor_of(rosa.person, membership.public_id), "till")
    assert actor_of_token(secret) is not None
    end_membership(hull_cycles, membership.public_id)
    assert actor_of_token(secret) is None
    assert actor_of(rosa.person, membership.public_id).party == rosa.party

    add_member(hull_cycles, username="rosa", role=Role.SELLER)
    assert actor_of(rosa.person, membership.public_id).party == hull_cycles.party


def test_the_last_steward_stays(hull_cycles: Actor) -> None:
    with pytest.raises(LastStewardError):
        end_membership(hull_cycles, hull_cycles.membership.public_id)


def test_nobody_is_added_who_is_not_here(hull_cycles: Actor) -> None:
    with pytest.raises(NoSuchPersonError):
        add_member(hull_cycles, username="nobody", role=Role.BUYER)


def test_another_organisations_member_is_not_found(rosa: Actor, hull_cycles: Actor) -> None:
    other = found_organisation(rosa, name="Rosa & Co")
    with pytest.raises(NotFoundError):
        end_membership(hull_cycles, other.public_id)


def test_a_buyer_may_not_accept_and_an_approver_may_not_publish(hull_cycles: Actor) -> None:
    buyer, approver = person("buyer"), person("approver")
    buys = add_member(hull_cycles, username="buyer", role=Role.BUYER)
    approves = add_member(hull_cycles, username="approver", role=Role.APPROVER)
    assert not actor_of(buyer.person, buys.public_id).may(Act.ACCEPT_OFFER)
    with pytest.raises(ForbiddenActionError) as refused:
        announce(actor_of(approver.person, approves.public_id))
    assert refused.value.data == {"act": "publish", "role": "approver"}


def test_every_role_has_its_row_in_the_table() -> None:
    assert set(MAY) == set(Role)
    assert all(acts <= set(Act) for acts in MAY.values())


def test_details_are_kept_and_removed_field_by_field(rosa: Actor) -> None:
    keep_details(rosa, {"phone": "0199", "street": "7 Humber Row"})
    keep_details(rosa, {"phone": "", "street": "8 Humber Row"})
    assert details_of(rosa.party_id) == {"street": "8 Humber Row"}


def test_own_words_are_what_would_identify_the_writer(rosa: Actor) -> None:
    keep_details(rosa, {"street": "7 Humber Row"})
    assert {"Rosa Lindqvist", "Lindqvist", "rosa@example.org", "7 Humber Row", "rosa"} <= set(own_words(rosa))


def test_a_town_and_half_an_organisations_name_tell_nobody(rosa: Actor) -> None:
    school = actor_of(rosa.person, found_organisation(rosa, name="Aire Valley School").public_id)
    keep_details(school, {"town": "Leeds", "name": "Aire Valley School"})
    assert not {"Leeds", "School"} & set(own_words(school))
    assert {"Aire Valley School", "Lindqvist"} <= set(own_words(school))


def test_a_new_name_is_the_partys_too(rosa: Actor) -> None:
    keep_person(rosa, name="Rosa L.", country="GB", time_zone="Europe/Madrid")
    assert actor_of(rosa.person).party.name == "Rosa L."


def test_a_token_can_be_revoked_by_its_person_only(rosa: Actor, tom: Actor) -> None:
    token, secret = make_token(rosa, "script")
    with pytest.raises(NotFoundError):
        revoke_token(tom, token.public_id)
    revoke_token(rosa, token.public_id)
    assert actor_of_token(secret) is None


def test_a_token_of_an_inactive_person_opens_nothing(rosa: Actor) -> None:
    _, secret = make_token(rosa, "script")
    rosa.person.is_active = False
    rosa.person.save()
    assert actor_of_token(secret) is None


def test_the_ones_who_can_act_are_told(hull_cycles: Actor) -> None:
    person("helper")
    add_member(hull_cycles, username="helper", role=Role.SUPPORT)
    assert people_to_tell(hull_cycles.party_id, Act.ANSWER_TERMS) == [hull_cycles.person]


def test_blocking_works_in_both_directions(rosa: Actor, hull_cycles: Actor) -> None:
    block(rosa, dealing_after_matching(rosa))
    assert blocked_with(rosa.party_id) == {hull_cycles.party_id}
    assert blocked_with(hull_cycles.party_id) == {rosa.party_id}
    with pytest.raises(IndexError):
        dealing_after_matching(rosa)


def test_a_person_without_a_party_is_nobody(rosa: Actor) -> None:
    Membership.objects.all().delete()
    with pytest.raises(NotFoundError):
        actor_of(rosa.person)
