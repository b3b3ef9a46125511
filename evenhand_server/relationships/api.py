"""Programs about one dealing as a whole, going on together, and the bundle to take home."""

from django.http import HttpResponse
from ninja import Query, Router

from evenhand_server.dealings.queries import dealing_of, side_of
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.people.terms import terms_to_choose
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_form
from evenhand_server.relationships import actions
from evenhand_server.relationships.agreed import agreed_on, agreements_of
from evenhand_server.relationships.forms import GoOnForm
from evenhand_server.relationships.models import VendorChange
from evenhand_server.relationships.queries import bundle_for, relationship_of, relationships_of
from evenhand_server.relationships.schemas import (
    AgreementShown,
    DealingShown,
    GoOnAsked,
    OneRelationshipShown,
    RelationshipShown,
    VendorChangeAsked,
    VendorChangeShown,
)
from evenhand_server.terms.models import Stage
from evenhand_server.terms.queries import ceremony_of
from evenhand_server.terms.schemas import CeremonyShown

router = Router(tags=["Relationships"])
ZIP = {"responses": {200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}}}}}


@router.get(
    "/dealings/{dealing_id}",
    response=DealingShown,
    operation_id="show_dealing",
    summary="One dealing, as your side may see it",
    tags=["Dealings"],
)
def show_dealing(request: ProgramRequest, dealing_id: Id) -> DealingShown:
    """Before terms stand between the two, a vendor sees the teaser only."""
    dealing = dealing_of(request.auth, dealing_id)
    return DealingShown.of(dealing, side_of(request.auth, dealing))


@router.get(
    "/dealings/{dealing_id}/bundle",
    operation_id="take_bundle",
    summary="Everything your side holds of a dealing, as one file",
    openapi_extra=ZIP,
)
def take_bundle(request: ProgramRequest, dealing_id: Id) -> HttpResponse:
    """A zip that anybody can read, and that `evenhand verify` checks without this server.

    404 before anything was signed.
    """
    dealing = dealing_of(request.auth, dealing_id)
    response = HttpResponse(bundle_for(request.auth, dealing), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evenhand-{dealing.public_id}.zip"'
    return response


@router.post(
    "/dealings/{dealing_id}/relationship",
    response={201: CeremonyShown},
    operation_id="wish_to_go_on",
    summary="As asker: say that you would like to go on after the deal",
)
def wish_to_go_on(request: ProgramRequest, dealing_id: Id, asked: GoOnAsked) -> CeremonyShown:
    """On your terms, which the vendor answers (stage relationship). Nothing begins unless both want it."""
    actor = request.auth
    dealing_of(actor, dealing_id)
    terms = [(one.id, one.title) for one in terms_to_choose("relationship", actor)]
    form = GoOnForm(asked.model_dump(), terms=terms)
    if not form.is_valid():
        raise refuse_form(form)
    also = [name for name in asked.also if name != asked.terms]

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        actions.wish_to_go_on(actor, dealing, terms=asked.terms, also=also, months=asked.months)
        return dealing_id

    write_once(request, do, asked)
    ceremony = ceremony_of(dealing_of(actor, dealing_id), Stage.RELATIONSHIP)
    assert ceremony is not None
    return CeremonyShown.of(ceremony)


@router.get(
    "/me/agreements",
    response=Page[AgreementShown],
    operation_id="list_agreements",
    summary="What your party agreed, with whom, what they hold of you, until when",
)
def list_agreements(request: ProgramRequest, paging: Query[Paging]) -> Page[AgreementShown]:
    """On either side, the newest first; also what has been taken back since."""
    actor = request.auth
    return page_of(
        agreements_of(actor), paging, lambda rows: [AgreementShown.of(one) for one in agreed_on(actor, rows)]
    )


@router.get(
    "/relationships",
    response=Page[RelationshipShown],
    operation_id="list_relationships",
    summary="With whom your party goes on",
)
def list_relationships(request: ProgramRequest, paging: Query[Paging]) -> Page[RelationshipShown]:
    """The newest first."""
    actor = request.auth
    return page_of(
        relationships_of(actor),
        paging,
        lambda rows: [RelationshipShown.of(one, side_of(actor, one.dealing)) for one in rows],
    )


@router.get(
    "/relationships/{relationship_id}",
    response=OneRelationshipShown,
    operation_id="show_relationship",
    summary="One relationship: its terms, its time box, and how it will end",
)
def show_relationship(request: ProgramRequest, relationship_id: Id) -> OneRelationshipShown:
    """Its records are those of its dealing."""
    found = relationship_of(request.auth, relationship_id)
    return OneRelationshipShown.of(found, side_of(request.auth, found.dealing))


@router.post(
    "/vendor_changes",
    response={201: VendorChangeShown},
    operation_id="announce_change",
    summary="Say that your organisation has a new owner, or new terms",
)
def announce_change(request: ProgramRequest, asked: VendorChangeAsked) -> VendorChangeShown:
    """Every asker's terms are put to you again. Until you agree to them you can use nothing here that they opened."""
    actor = request.auth
    made = write_once(request, lambda: actions.announce_change(actor, VendorChange.Kind(asked.kind)).public_id, asked)
    return VendorChangeShown.of(VendorChange.objects.get(public_id=made))
