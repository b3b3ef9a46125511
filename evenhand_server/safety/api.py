"""Programs about blocks and reports, and for operators about what waits for them."""

from ninja import Query, Router

from evenhand_server.dealings.queries import dealing_of
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id
from evenhand_server.programs.openapi import MAY_BE_MISSING
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_field
from evenhand_server.safety import actions
from evenhand_server.safety.queries import (
    all_reports,
    any_report,
    block_of,
    blocks_of,
    report_of,
    reports_of,
    things_on,
    waiting_reports,
)
from evenhand_server.safety.schemas import (
    AppealAsked,
    BlockShown,
    DecisionAsked,
    ReportAsked,
    ReportInQueue,
    ReportShown,
)

router = Router(tags=["Safety"])


@router.get("/blocks", response=Page[BlockShown], operation_id="list_blocks", summary="Whom you do not meet again")
def list_blocks(request: ProgramRequest, paging: Query[Paging]) -> Page[BlockShown]:
    """The newest first."""
    return page_of(blocks_of(request.auth), paging, lambda rows: [BlockShown.of(row) for row in rows])


@router.post(
    "/dealings/{dealing_id}/block", response={201: BlockShown}, operation_id="block", summary="Never meet them again"
)
def block(request: ProgramRequest, dealing_id: Id) -> BlockShown:
    """This dealing ends with a friendly no, if it is still open. No request of one reaches the other again."""
    actor = request.auth
    made = write_once(request, lambda: actions.block(actor, dealing_of(actor, dealing_id)).public_id)
    return BlockShown.of(block_of(actor, made))


@router.delete("/blocks/{block_id}", response={204: None}, operation_id="unblock", summary="Lift a block")
def unblock(request: ProgramRequest, block_id: Id) -> None:
    """What ended stays ended."""
    actor = request.auth

    def do() -> str:
        actions.unblock(actor, block_id)
        return block_id

    write_once(request, do)


@router.post(
    "/dealings/{dealing_id}/reports", response={201: ReportShown}, operation_id="report", summary="Report something"
)
@limited(Limit.REPORT)
def report(request: ProgramRequest, dealing_id: Id, asked: ReportAsked) -> ReportShown:
    """Whoever runs this server reads it and decides; both sides are told why, and either may appeal once."""
    actor = request.auth
    things = list(things_on(actor, dealing_of(actor, dealing_id)))
    what = [one.value for one in things if one.subject == asked.subject and asked.target in {None, one.target}]
    if not what:
        raise refuse_field("target" if asked.target else "subject", "nothing_to_report")

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        return actions.report(actor, dealing, what=what[-1], reason=asked.reason, words=asked.words).public_id

    return ReportShown.of(report_of(actor, write_once(request, do, asked)), actor.party_id)


@router.get("/reports", response=Page[ReportShown], operation_id="list_reports", summary="Reports by and about you")
def list_reports(request: ProgramRequest, paging: Query[Paging]) -> Page[ReportShown]:
    """Yours, and those about you once they are decided. The newest first."""
    actor = request.auth
    return page_of(reports_of(actor), paging, lambda rows: [ReportShown.of(row, actor.party_id) for row in rows])


@router.get("/reports/{report_id}", response=ReportShown, operation_id="show_report", summary="One of these reports")
def show_report(request: ProgramRequest, report_id: Id) -> ReportShown:
    """As it stands now."""
    return ReportShown.of(report_of(request.auth, report_id), request.auth.party_id)


@router.post(
    "/reports/{report_id}/appeal",
    response={201: ReportShown},
    operation_id="appeal",
    summary="Have it looked at again, once",
)
@limited(Limit.REPORT)
def appeal(request: ProgramRequest, report_id: Id, asked: AppealAsked) -> ReportShown:
    """For whoever the decision went against, within two weeks."""
    actor = request.auth

    def do() -> str:
        actions.appeal(actor, report_of(actor, report_id), asked.words)
        return report_id

    write_once(request, do, asked)
    return show_report(request, report_id)


@router.get(
    "/operator/reports",
    response=Page[ReportInQueue],
    operation_id="list_queue",
    summary="For operators: what was reported",
    openapi_extra={MAY_BE_MISSING: True},
)
def list_queue(request: ProgramRequest, paging: Query[Paging], waiting: bool = False) -> Page[ReportInQueue]:
    """The newest first; only those that wait for a decision where ``waiting`` is true. Nobody else finds this."""
    rows = waiting_reports(request.auth) if waiting else all_reports(request.auth)
    return page_of(rows, paging, lambda found: [ReportInQueue.of(row) for row in found])


@router.post(
    "/operator/reports/{report_id}/decision",
    response={201: ReportInQueue},
    operation_id="decide_report",
    summary="For operators: decide a report or its appeal",
)
def decide_report(request: ProgramRequest, report_id: Id, asked: DecisionAsked) -> ReportInQueue:
    """Both sides are told, with your reason. An appeal's decision is the last."""
    actor = request.auth

    def do() -> str:
        actions.decide(actor, any_report(actor, report_id), outcome=asked.outcome, words=asked.words)
        return report_id

    write_once(request, do, asked)
    return ReportInQueue.of(any_report(actor, report_id))
