"""Programs that invite sellers who are not here, and keep lists of them."""

from ninja import Query, Router

from evenhand_server.intents.queries import intent_of
from evenhand_server.invitations.actions import invite
from evenhand_server.invitations.actions import lists as list_actions
from evenhand_server.invitations.actions.invite import Invited
from evenhand_server.invitations.models import Invitation
from evenhand_server.invitations.passes import address_of
from evenhand_server.invitations.queries import (
    invitation_of,
    invitations_of,
    list_of,
    lists_of,
    public_link_of,
    standings_among,
    suppliers_of,
)
from evenhand_server.invitations.schemas import (
    InvitationsAsked,
    InvitationShown,
    PublicLinkShown,
    SupplierListAsked,
    SupplierListShown,
    SupplierShown,
)
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.storage.errors import NotFoundError

router = Router(tags=["Invitations"])


def invitations_shown(rows: list[Invitation]) -> list[InvitationShown]:
    """These invitations with how they stand."""
    return [InvitationShown.of(one) for one in standings_among(rows)]


@router.get(
    "/intents/{intent_id}/invitations",
    response=Page[InvitationShown],
    operation_id="list_invitations",
    summary="Whom you asked who is not here",
)
def list_invitations(request: ProgramRequest, intent_id: Id, paging: Query[Paging]) -> Page[InvitationShown]:
    """The newest first."""
    return page_of(invitations_of(intent_of(request.auth, intent_id)), paging, invitations_shown)


@router.post(
    "/intents/{intent_id}/invitations",
    response={201: Page[InvitationShown]},
    operation_id="invite",
    summary="Ask sellers who are not here",
)
@limited(Limit.INVITE)
def invite_sellers(request: ProgramRequest, intent_id: Id, asked: InvitationsAsked) -> Page[InvitationShown]:
    """Each gets a mail with a link of their own. Who was asked before, or wants no mail, is left in peace."""
    actor = request.auth
    intent = intent_of(actor, intent_id)
    sellers = [Invited(one.email, one.name) for one in asked.sellers]
    if asked.list is not None:
        found = list_of(actor, asked.list)
        sellers += [Invited(one.email, one.name) for one in suppliers_of(actor, found.public_id, asked.group)]
    source = Invitation.Source.LIST if asked.list is not None else Invitation.Source.PASTED

    def do() -> str:
        return str(len(invite.invite(actor, intent, sellers, source=source)))

    write_once(request, do, asked)
    return page_of(invitations_of(intent), Paging(), invitations_shown)


@router.post(
    "/invitations/{invitation_id}/revocation",
    response={204: None},
    operation_id="revoke_invitation",
    summary="Take an invitation back",
)
def revoke_invitation(request: ProgramRequest, invitation_id: Id) -> None:
    """Its link opens nothing any more, also for who has opened it before."""
    actor = request.auth
    found = invitation_of(actor, invitation_id)

    def do() -> str:
        invite.revoke_link(actor, found.link)
        return invitation_id

    write_once(request, do)


@router.get(
    "/intents/{intent_id}/link", response=PublicLinkShown, operation_id="show_link", summary="The link to pass on"
)
def show_link(request: ProgramRequest, intent_id: Id) -> PublicLinkShown:
    """404 while there is none."""
    link = public_link_of(intent_of(request.auth, intent_id))
    if link is None:
        raise NotFoundError
    return PublicLinkShown.of(link, address_of(link))


@router.post(
    "/intents/{intent_id}/link",
    response={201: PublicLinkShown},
    operation_id="make_link",
    summary="Make a link to pass on, or get the one there is",
)
@limited(Limit.INVITE)
def make_link(request: ProgramRequest, intent_id: Id) -> PublicLinkShown:
    """Whoever opens it sees the teaser, and can ask for a link of their own."""
    actor = request.auth
    intent = intent_of(actor, intent_id)
    write_once(request, lambda: invite.make_public_link(actor, intent).public_id)
    return show_link(request, intent_id)


@router.post(
    "/intents/{intent_id}/link/revocation",
    response={204: None},
    operation_id="revoke_link",
    summary="Take the link to pass on back",
)
def revoke_link(request: ProgramRequest, intent_id: Id) -> None:
    """Another one can be made afterwards."""
    actor = request.auth
    intent = intent_of(actor, intent_id)

    def do() -> str:
        link = public_link_of(intent)
        if link is None:
            raise NotFoundError
        invite.revoke_link(actor, link)
        return link.public_id

    write_once(request, do)


@router.get(
    "/suppliers", response=Page[SupplierListShown], operation_id="list_supplier_lists", summary="Your lists of sellers"
)
def list_supplier_lists(request: ProgramRequest, paging: Query[Paging]) -> Page[SupplierListShown]:
    """The newest first."""
    return page_of(lists_of(request.auth), paging, lambda rows: [SupplierListShown.of(row) for row in rows])


@router.post(
    "/suppliers", response={201: SupplierListShown}, operation_id="keep_suppliers", summary="Keep sellers in a list"
)
def keep_suppliers(request: ProgramRequest, asked: SupplierListAsked) -> SupplierListShown:
    """Nobody is written to before you invite them. The name is the list's: the same one adds to it."""
    actor, rows = request.auth, [one.model_dump() for one in asked.suppliers]
    made = write_once(request, lambda: list_actions.keep_list(actor, asked.name, rows).public_id, asked)
    return SupplierListShown.of(list_of(actor, made))


@router.get(
    "/suppliers/{list_id}", response=Page[SupplierShown], operation_id="list_suppliers", summary="The sellers in a list"
)
def list_suppliers(request: ProgramRequest, list_id: Id, paging: Query[Paging]) -> Page[SupplierShown]:
    """The newest first."""
    found = list_of(request.auth, list_id)
    rows = suppliers_of(request.auth, found.public_id)
    return page_of(rows, paging, lambda rows: [SupplierShown.of(row) for row in rows])


@router.delete(
    "/suppliers/{list_id}", response={204: None}, operation_id="remove_suppliers", summary="Remove a list of sellers"
)
def remove_suppliers(request: ProgramRequest, list_id: Id) -> None:
    """With everybody in it. Sellers whom you asked already can still answer."""
    actor = request.auth

    def do() -> str:
        list_actions.remove_list(actor, list_of(actor, list_id))
        return list_id

    write_once(request, do)
