"""A market where a school has a deal in every state with Hull Cycles, and people of every role are there to try."""

from collections.abc import Mapping
from dataclasses import dataclass

from evenhand_server.dealings.models import Dealing
from evenhand_server.dealings.queries import dealings_of_intent
from evenhand_server.intents.actions import withdraw_intent
from evenhand_server.interests.queries import interests_of
from evenhand_server.invitations.actions.invite import Invited, invite, make_public_link
from evenhand_server.invitations.actions.lists import keep_list
from evenhand_server.matching.queries import matches_of
from evenhand_server.offers.actions import accept_offer
from evenhand_server.people.actions import add_member, found_organisation, keep_details, make_token
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import actor_of, members_of
from evenhand_server.people.roles import Role
from evenhand_server.purpose.actions import add_evidence
from evenhand_server.relationships.actions import wish_to_go_on
from evenhand_server.relationships.models import Relationship
from evenhand_server.safety.actions import report
from evenhand_server.terms.actions import answer_terms, disclose
from evenhand_server.terms.models import Outcome, Stage
from evenhand_server.workers.run import work_all
from tests.authorisation import STATES, Who
from tests.deal import agree_on_terms, announce, offered, reread
from tests.guests import mail_arrives
from tests.market import in_days, person, sells_mountain_bikes, shop

ROLES = (Role.STEWARD, Role.BUYER, Role.APPROVER, Role.SELLER, Role.SUPPORT)
Ids = Mapping[str, str]
Seat = tuple[Who, Role]


@dataclass
class World:
    """Who sits on each seat (for whom, in which role), their tokens, and what ids stand for in each state."""

    seats: dict[Seat, Actor]
    secrets: dict[Seat, str]
    ids: dict[str, Ids]


def make_world() -> World:
    """Everybody, and the six deals."""
    school = organisation("school", "Aire School")
    cycles = shop("hull_cycles", "Hull Cycles", sells_mountain_bikes())
    rival = shop("rival", "Rival Bikes", sells_mountain_bikes())
    seats = {
        (Who.STRANGER, Role.SELF): person("tom"),
        (Who.RIVAL, Role.STEWARD): rival,
        **staffed(Who.ASKER, school),
        **staffed(Who.VENDOR, cycles),
    }
    keep_details(school, {"name": "Aire School", "phone": "0113 496 0000"})
    mail_arrives(school)
    ids = {state: brought_to(state, school, cycles) for state in STATES}
    person("newcomer")
    secrets = {seat: make_token(actor, "for tests")[1] for seat, actor in seats.items() if seat[1] != Role.SUPPORT}
    secrets |= {seat: support_token(actor) for seat, actor in seats.items() if seat[1] == Role.SUPPORT}
    return World(seats, {(Who.NOBODY, Role.SELF): "", **secrets}, ids)


def support_token(actor: Actor) -> str:
    """Support makes no tokens; one from before a change of role must not carry more than the role has."""
    membership = actor.membership
    membership.role = Role.STEWARD
    secret = make_token(actor, "for tests")[1]
    membership.role = Role.SUPPORT
    return secret


def organisation(username: str, name: str) -> Actor:
    """An organisation and its steward."""
    founder = person(username)
    return actor_of(founder.person, found_organisation(founder, name=name, country="GB").public_id)


def staffed(who: Who, steward: Actor) -> dict[Seat, Actor]:
    """One person for each role in the organisation."""
    seats = {(who, Role.STEWARD): steward}
    for role in ROLES[1:]:
        member = person(f"{who}_{role}")
        membership = add_member(steward, username=member.person.username, role=role)
        seats[who, role] = actor_of(member.person, membership.public_id)
    return seats


def brought_to(state: str, asker: Actor, vendor: Actor) -> Ids:
    """A deal in this state, and the ids of what belongs to it."""
    intent = announce(asker, terms="EH-WORK-REQUEST")
    work_all()
    dealing = dealings_of_intent(intent).get(vendor=vendor.party)
    ids = {
        "intent_id": intent.public_id,
        "dealing_id": dealing.public_id,
        "match": matches_of(dealing.wish_id)[0].public_id,
        "interest_id": interests_of(vendor)[0].interest.public_id,
        "evidence_id": evidence_id(asker),
        "list_id": keep_list(asker, f"For {state}", [{"email": "a@x.example"}]).public_id,
        "invitation_id": invite(asker, intent, [Invited("a@x.example")], source="pasted")[0].public_id,
        "link_id": make_public_link(asker, intent).public_id,
        "membership_id": members_of(asker).exclude(person=asker.person)[0].public_id,
        "terms_id": "EH-WORK-REQUEST",
    }
    reported = report(vendor, dealing, what=f"request:{dealing.public_id}", reason="spam", words="")
    ids["report_id"] = reported.public_id
    steps = STATES.index(state)
    if state == "withdrawn":
        withdraw_intent(asker, intent)
        work_all()
        return ids
    return ids | lived_through(steps, asker, vendor, dealing)


def lived_through(steps: int, asker: Actor, vendor: Actor, dealing: Dealing) -> dict[str, str]:
    """So many steps further: terms, offer, acceptance with a disclosure, relationship."""
    ids = {}
    if steps >= STATES.index("agreed"):
        dealing = agree_on_terms(vendor, dealing)
    if steps >= STATES.index("offered"):
        version = offered(vendor, dealing)
    if steps >= STATES.index("done"):
        accept_offer(asker, dealing, version.number)
        work_all()
        ids["disclosure_id"] = disclose(asker, reread(dealing), "phone").public_id
    if steps >= STATES.index("together"):
        wish_to_go_on(asker, reread(dealing), terms="EH-WORK-BASE-DP", also=["EH-WORK-BASE"], months=12)
        answer_terms(vendor, reread(dealing), Outcome.ACCEPTED, stage=Stage.RELATIONSHIP)
        work_all()
        ids["relationship_id"] = Relationship.objects.get(dealing=dealing).public_id
    return ids


def evidence_id(asker: Actor) -> str:
    """Some evidence of the asker's."""
    later = in_days(100)
    return add_evidence(asker, value="fair_trade", issuer="Alliance", number="7", valid_until=later).public_id
