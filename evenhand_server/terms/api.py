"""Programs about terms: the roster, answering, disclosing, and the records that both sides hold."""

from ninja import Query, Router

from evenhand_server.dealings.models import Side
from evenhand_server.dealings.queries import dealing_of, side_of
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.people.terms import roster
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of, part_of
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms import actions
from evenhand_server.terms.models import Outcome, Stage
from evenhand_server.terms.queries import ceremony_of, disclosures_by, disclosures_of, has_agreed, records_of
from evenhand_server.terms.schemas import (
    AnswerAsked,
    CeremonyShown,
    CounterAnswerAsked,
    DisclosureAsked,
    DisclosureShown,
    OwnDisclosureShown,
    RecordShown,
    TermsId,
    TermsShown,
)

router = Router(tags=["Terms"])


@router.get("/terms", response=Page[TermsShown], operation_id="list_terms", summary="The roster of terms", auth=None)
def list_terms(request: ProgramRequest, paging: Query[Paging]) -> Page[TermsShown]:
    """Needs no token."""
    return part_of(list(roster()), paging, lambda found: [TermsShown.of(terms) for terms in found])


@router.get(
    "/terms/{terms_id}", response=TermsShown, operation_id="show_terms", summary="One entry of the roster", auth=None
)
def show_terms(request: ProgramRequest, terms_id: TermsId) -> TermsShown:
    """Needs no token."""
    found = roster().find(terms_id)
    if found is None:
        raise NotFoundError
    return TermsShown.of(found)


@router.post(
    "/dealings/{dealing_id}/terms_answer",
    response={201: CeremonyShown},
    operation_id="answer_terms",
    summary="As vendor: accept, counter once, or refuse the terms",
)
@limited(Limit.ANSWER)
def answer_terms(request: ProgramRequest, dealing_id: Id, asked: AnswerAsked) -> CeremonyShown:
    """There is one answer. Once terms stand between the two, the words open, and questions and offers may be made."""
    stage = Stage(asked.stage)

    def do() -> str:
        dealing = dealing_of(request.auth, dealing_id)
        actions.answer_terms(request.auth, dealing, Outcome(asked.outcome), counter=asked.named, stage=stage)
        return dealing_id

    write_once(request, do, asked)
    return ceremony_shown(request, dealing_id, stage)


@router.post(
    "/dealings/{dealing_id}/counter_answer",
    response={201: CeremonyShown},
    operation_id="answer_counter",
    summary="As asker: accept or refuse a counter",
)
@limited(Limit.ANSWER)
def answer_counter(request: ProgramRequest, dealing_id: Id, asked: CounterAnswerAsked) -> CeremonyShown:
    """There is no second counter."""
    stage = Stage(asked.stage)

    def do() -> str:
        dealing = dealing_of(request.auth, dealing_id)
        actions.answer_counter(request.auth, dealing, accepts=asked.accepts, stage=stage)
        return dealing_id

    write_once(request, do, asked)
    return ceremony_shown(request, dealing_id, stage)


@router.get(
    "/dealings/{dealing_id}/disclosures",
    response=Page[DisclosureShown],
    operation_id="list_disclosures",
    summary="What the asker let the vendor know",
)
def list_disclosures(request: ProgramRequest, dealing_id: Id, paging: Query[Paging]) -> Page[DisclosureShown]:
    """Oldest first; what was taken back has no value any more."""
    dealing = dealing_of(request.auth, dealing_id)
    is_open = side_of(request.auth, dealing) == Side.ASKER or has_agreed(dealing)
    rows = disclosures_of(dealing)
    return page_of(
        rows, paging, lambda found: [DisclosureShown.of(one, is_open=is_open) for one in found], oldest_first=True
    )


@router.post(
    "/dealings/{dealing_id}/disclosures",
    response={201: DisclosureShown},
    operation_id="disclose",
    summary="As asker: let the vendor know one detail",
)
def disclose(request: ProgramRequest, dealing_id: Id, asked: DisclosureAsked) -> DisclosureShown:
    """Only under an agreement, and only what stands in your details."""

    def do() -> str:
        dealing = dealing_of(request.auth, dealing_id)
        return actions.disclose(request.auth, dealing, asked.field, until=asked.until).public_id

    return disclosure_shown(request, dealing_id, write_once(request, do, asked))


@router.post(
    "/dealings/{dealing_id}/disclosures/{disclosure_id}/revocation",
    response={201: DisclosureShown},
    operation_id="revoke_disclosure",
    summary="As asker: take a detail back",
)
def revoke(request: ProgramRequest, dealing_id: Id, disclosure_id: Id) -> DisclosureShown:
    """The vendor is told, and sees it here no more."""

    def do() -> str:
        actions.revoke(request.auth, dealing_of(request.auth, dealing_id), disclosure_id)
        return disclosure_id

    return disclosure_shown(request, dealing_id, write_once(request, do))


@router.post(
    "/dealings/{dealing_id}/revocation",
    response={201: CeremonyShown},
    operation_id="revoke_agreement",
    summary="As asker: take back all that was agreed, with every detail given under it",
)
def revoke_agreement(request: ProgramRequest, dealing_id: Id) -> CeremonyShown:
    """The vendor is told and sees nothing of it here any more. What was bought is still owed. It cannot be undone."""

    def do() -> str:
        actions.revoke_agreement(request.auth, dealing_of(request.auth, dealing_id))
        return dealing_id

    write_once(request, do)
    return ceremony_shown(request, dealing_id, Stage.INTENT)


@router.get(
    "/dealings/{dealing_id}/records",
    response=Page[RecordShown],
    operation_id="list_records",
    summary="The records that both sides hold",
)
def list_records(request: ProgramRequest, dealing_id: Id, paging: Query[Paging]) -> Page[RecordShown]:
    """From the first on; each names the digest of the one before it."""
    rows = records_of(dealing_of(request.auth, dealing_id))
    return page_of(rows, paging, lambda found: [RecordShown.of(one) for one in found], oldest_first=True)


@router.get(
    "/me/disclosures",
    response=Page[OwnDisclosureShown],
    operation_id="list_own_disclosures",
    summary="What your party let others know, and whom",
)
def list_own_disclosures(request: ProgramRequest, paging: Query[Paging]) -> Page[OwnDisclosureShown]:
    """The newest first."""
    rows = disclosures_by(request.auth.party_id)
    return page_of(rows, paging, lambda found: [OwnDisclosureShown.of(one) for one in found])


def ceremony_shown(request: ProgramRequest, dealing_id: str, stage: Stage) -> CeremonyShown:
    """How the terms stand now."""
    ceremony = ceremony_of(dealing_of(request.auth, dealing_id), stage)
    assert ceremony is not None
    return CeremonyShown.of(ceremony)


def disclosure_shown(request: ProgramRequest, dealing_id: str, disclosure_id: str) -> DisclosureShown:
    """One disclosure as it is now."""
    return DisclosureShown.of(disclosures_of(dealing_of(request.auth, dealing_id)).get(public_id=disclosure_id))
