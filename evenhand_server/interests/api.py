"""Programs about what a vendor stands ready to answer."""

from django.utils import timezone
from ninja import Query, Router

from evenhand.interests.interest import Interest
from evenhand.interests.read import interest_from, read
from evenhand_server.interests import actions
from evenhand_server.interests.forms import InterestForm, initial_of
from evenhand_server.interests.queries import interest_of, interests_of, standing_terms
from evenhand_server.interests.schemas import (
    InterestAsked,
    InterestShown,
    StandingAcceptances,
    StandingAcceptancesAsked,
)
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.actor import Actor
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.people.terms import roster
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_field, refuse_form
from evenhand_server.words.sources import sources

router = Router(tags=["Vendors"])


@router.get(
    "/interests", response=Page[InterestShown], operation_id="list_interests", summary="What you stand ready to answer"
)
def list_interests(request: ProgramRequest, paging: Query[Paging]) -> Page[InterestShown]:
    """The newest first; nobody else may browse them."""
    rows = interests_of(request.auth)
    return page_of(rows, paging, lambda found: [InterestShown.of(version) for version in found])


@router.post(
    "/interests", response={201: InterestShown}, operation_id="stand_ready", summary="Stand ready to answer requests"
)
@limited(Limit.PUBLISH)
def stand_ready(request: ProgramRequest, asked: InterestAsked) -> InterestShown:
    """You will hear of requests that fit. Say it in words, in fields, or both: fields correct what the words say."""
    actor = request.auth
    value = interest_asked(actor, asked)

    def do() -> str:
        return actions.stand_ready(actor, asked.text, value).interest.public_id

    return InterestShown.of(interest_of(actor, write_once(request, do, asked)))


@router.get(
    "/interests/{interest_id}", response=InterestShown, operation_id="show_interest", summary="One of your interests"
)
def show_interest(request: ProgramRequest, interest_id: Id) -> InterestShown:
    """As it stands now."""
    return InterestShown.of(interest_of(request.auth, interest_id))


@router.put(
    "/interests/{interest_id}", response=InterestShown, operation_id="change_interest", summary="Answer other requests"
)
@limited(Limit.PUBLISH)
def change_interest(request: ProgramRequest, interest_id: Id, asked: InterestAsked) -> InterestShown:
    """A new version in place of the old one; matches keep citing the version they were made with."""
    actor = request.auth
    value = interest_asked(actor, asked)

    def do() -> str:
        actions.change_interest(actor, interest_of(actor, interest_id), asked.text, value)
        return interest_id

    return InterestShown.of(interest_of(actor, write_once(request, do, asked)))


@router.post(
    "/interests/{interest_id}/retirement",
    response={204: None},
    operation_id="retire_interest",
    summary="Answer such requests no longer",
)
def retire_interest(request: ProgramRequest, interest_id: Id) -> None:
    """Dealings that have begun go on."""
    actor = request.auth

    def do() -> str:
        actions.retire_interest(actor, interest_of(actor, interest_id))
        return interest_id

    write_once(request, do)


@router.get(
    "/standing_acceptances",
    response=StandingAcceptances,
    operation_id="list_standing_acceptances",
    summary="The terms you accept from anybody",
)
def list_standing_acceptances(request: ProgramRequest) -> StandingAcceptances:
    """Whoever proffers one of these has your yes at once."""
    return StandingAcceptances(terms=sorted(standing_terms(request.auth.party_id)))


@router.put(
    "/standing_acceptances",
    response=StandingAcceptances,
    operation_id="set_standing_acceptances",
    summary="Say which terms you accept from anybody",
)
def set_standing_acceptances(request: ProgramRequest, asked: StandingAcceptancesAsked) -> StandingAcceptances:
    """All of them each time: those left out are asked about again."""
    actor = request.auth
    found = {name: roster().find(name) for name in asked.terms}
    if unknown := [name for name, terms in found.items() if terms is None]:
        raise refuse_field("terms", "unknown_terms", terms=unknown[0])
    chosen = frozenset(terms.id for terms in found.values() if terms is not None)

    def do() -> str:
        actions.set_standing_acceptances(actor, chosen)
        return actor.party.public_id

    write_once(request, do, asked)
    return list_standing_acceptances(request)


def interest_asked(actor: Actor, asked: InterestAsked) -> Interest:
    """What the words say, corrected by the fields; the same form that pages use decides whether it will do."""
    country = actor.person.country or "GB"
    initial = initial_of(Interest(), "")
    if asked.text.strip():
        found = read(asked.text, now=timezone.localtime(), country=country, sources=sources())
        initial = initial_of(interest_from(found), asked.text)
    form = InterestForm(asked.fields.corrected(initial))
    form.fields["text"].required = False
    if not form.is_valid():
        raise refuse_form(form, "fields")
    return form.interest()
