"""Programs about oneself: who acts, details, organisations and their members."""

from ninja import Query, Router

from evenhand_server.people import actions
from evenhand_server.people.forms import DetailsForm, OrganisationForm, PersonForm
from evenhand_server.people.models import Membership
from evenhand_server.people.programs import ProgramRequest, must_be_own, write_once
from evenhand_server.people.queries import details_of, members_of, memberships_of
from evenhand_server.people.roles import Role
from evenhand_server.people.schemas import (
    DetailsAsked,
    DetailsShown,
    MemberAsked,
    MembershipShown,
    MemberShown,
    MeShown,
    OrganisationAsked,
    PersonAsked,
    PreferencesAsked,
    PreferencesShown,
)
from evenhand_server.people.terms import preferences_of, terms_for
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_field, refuse_form

router = Router(tags=["Me"])


@router.get("/me", response=MeShown, operation_id="show_me", summary="Who acts with this token, and for whom")
def show_me(request: ProgramRequest) -> MeShown:
    """The person's other memberships are shown only to a token that they made for themself."""
    actor = request.auth
    is_own = actor.role == Role.SELF
    return MeShown.of(actor, list(memberships_of(actor.person)) if is_own else [actor.membership])


@router.put("/me", response=MeShown, operation_id="keep_me", summary="Change how Evenhand speaks to you")
def keep_me(request: ProgramRequest, asked: PersonAsked) -> MeShown:
    """Needs a token that the person made for themself."""
    actor = request.auth
    must_be_own(actor)
    form = PersonForm(asked.model_dump())
    if not form.is_valid():
        raise refuse_form(form)

    def do() -> str:
        actions.keep_person(actor, **form.cleaned_data)
        return actor.person.public_id

    write_once(request, do, asked)
    return show_me(request)


@router.get(
    "/me/details",
    response=DetailsShown,
    operation_id="show_details",
    summary="What your party may disclose, field by field",
)
def show_details(request: ProgramRequest) -> DetailsShown:
    """Nobody sees any of it before you disclose it."""
    return DetailsShown.of(details_of(request.auth.party_id))


@router.put("/me/details", response=DetailsShown, operation_id="keep_details", summary="Keep your party's details")
def keep_details(request: ProgramRequest, asked: DetailsAsked) -> DetailsShown:
    """What is left out or empty is removed."""
    actor, form = request.auth, DetailsForm(asked.model_dump())
    if not form.is_valid():
        raise refuse_form(form)

    def do() -> str:
        actions.keep_details(actor, form.cleaned_data)
        return actor.party.public_id

    write_once(request, do, asked)
    return show_details(request)


@router.get(
    "/me/terms",
    response=PreferencesShown,
    operation_id="show_preferences",
    summary="What your party thinks of which terms",
)
def show_preferences(request: ProgramRequest) -> PreferencesShown:
    """Until you say so it is what everybody starts with."""
    return PreferencesShown.of(preferences_of(request.auth.party))


@router.put(
    "/me/terms",
    response=PreferencesShown,
    operation_id="keep_preferences",
    summary="Say which terms you name, which are fine if asked for, and which you never take",
)
def keep_preferences(request: ProgramRequest, asked: PreferencesAsked) -> PreferencesShown:
    """All of them each time. A counter on your list is accepted in your name; about all else you are asked."""
    actor = request.auth
    known = {terms.id for terms in terms_for(actor.party)}
    for field in ("always", "if_asked", "never"):
        if unknown := [name for name in getattr(asked, field) if name not in known]:
            raise refuse_field(field, "unknown_terms", terms=unknown[0])

    def do() -> str:
        actions.keep_preferences(actor, asked.as_preferences)
        return actor.party.public_id

    write_once(request, do, asked)
    return show_preferences(request)


@router.post(
    "/organisations",
    response={201: MembershipShown},
    operation_id="found_organisation",
    summary="Found an organisation",
)
def found_organisation(request: ProgramRequest, asked: OrganisationAsked) -> MembershipShown:
    """Who founds it is its first steward. Needs a token that the person made for themself."""
    actor, form = request.auth, OrganisationForm(asked.model_dump())
    must_be_own(actor)
    if not form.is_valid():
        raise refuse_form(form)
    made = write_once(request, lambda: actions.found_organisation(actor, **form.cleaned_data).public_id, asked)
    return MembershipShown.of(Membership.objects.select_related("party").get(public_id=made))


@router.get("/members", response=Page[MemberShown], operation_id="list_members", summary="Who acts for your party")
def list_members(request: ProgramRequest, paging: Query[Paging]) -> Page[MemberShown]:
    """The newest first."""
    return page_of(members_of(request.auth), paging, lambda rows: [MemberShown.of(row) for row in rows])


@router.post(
    "/members", response={201: MemberShown}, operation_id="add_member", summary="Let somebody act for your organisation"
)
def add_member(request: ProgramRequest, asked: MemberAsked) -> MemberShown:
    """They must have signed up before. Only stewards may."""
    actor = request.auth
    made = write_once(
        request, lambda: actions.add_member(actor, username=asked.username, role=asked.as_role).public_id, asked
    )
    return MemberShown.of(Membership.objects.select_related("person").get(public_id=made))


@router.delete(
    "/members/{membership_id}", response={204: None}, operation_id="end_membership", summary="End a membership"
)
def end_membership(request: ProgramRequest, membership_id: Id) -> None:
    """Whoever it was acts for your organisation no longer, nor do their programs. Only stewards may."""

    def do() -> str:
        actions.end_membership(request.auth, membership_id)
        return membership_id

    write_once(request, do)
