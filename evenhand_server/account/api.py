"""Programs about everything of one person: the journal and the export."""

from typing import Any

from ninja import Query, Router

from evenhand_server.account import actions
from evenhand_server.account.schemas import EntryShown
from evenhand_server.journal.queries import entries_of
from evenhand_server.people.programs import ProgramRequest, must_be_own
from evenhand_server.people.roles import Role
from evenhand_server.programs.paging import Page, Paging, page_of

router = Router(tags=["Me"])


@router.get(
    "/me/journal", response=Page[EntryShown], operation_id="list_journal", summary="What was done for your party"
)
def list_journal(request: ProgramRequest, paging: Query[Paging]) -> Page[EntryShown]:
    """The newest first. A token that the person made for themself shows what they did for others too."""
    actor = request.auth
    rows = entries_of(actor.person_id, [actor.party_id])
    if actor.role != Role.SELF:
        rows = rows.filter(party_id=actor.party_id)
    return page_of(rows, paging, lambda found: [EntryShown.of(entry) for entry in found])


@router.get(
    "/me/export", response=dict[str, Any], operation_id="take_export", summary="Everything kept of you, as one file"
)
def take_export(request: ProgramRequest) -> dict[str, Any]:
    """Needs a token that the person made for themself."""
    must_be_own(request.auth)
    return actions.take_export(request.auth)
