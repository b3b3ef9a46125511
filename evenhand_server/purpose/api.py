"""Programs about what a party stands for."""

from ninja import Query, Router

from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_form
from evenhand_server.purpose import actions
from evenhand_server.purpose.forms import EvidenceForm
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.purpose.schemas import EvidenceAsked, EvidenceShown

router = Router(tags=["Me"])


@router.get(
    "/me/evidence", response=Page[EvidenceShown], operation_id="list_evidence", summary="What your party stands for"
)
def list_evidence(request: ProgramRequest, paging: Query[Paging]) -> Page[EvidenceShown]:
    """The newest first, also what has run out."""
    rows = evidence_of(request.auth.party_id)
    return page_of(rows, paging, lambda rows: [EvidenceShown.of(row) for row in rows])


@router.post(
    "/me/evidence",
    response={201: EvidenceShown},
    operation_id="add_evidence",
    summary="Show what your party stands for",
)
def add_evidence(request: ProgramRequest, asked: EvidenceAsked) -> EvidenceShown:
    """Buyers see the value, who vouches for it, and until when."""
    actor, form = request.auth, EvidenceForm(asked.model_dump())
    if not form.is_valid():
        raise refuse_form(form)
    made = write_once(request, lambda: actions.add_evidence(actor, **form.cleaned_data).public_id, asked)
    return EvidenceShown.of(evidence_of(actor.party_id).get(public_id=made))


@router.delete(
    "/me/evidence/{evidence_id}", response={204: None}, operation_id="remove_evidence", summary="Take evidence back"
)
def remove_evidence(request: ProgramRequest, evidence_id: Id) -> None:
    """It counts no longer from now on."""

    def do() -> str:
        actions.remove_evidence(request.auth, evidence_id)
        return evidence_id

    write_once(request, do)
