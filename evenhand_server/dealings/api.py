"""Programs that say no on a dealing."""

from ninja import Router

from evenhand_server.dealings import actions
from evenhand_server.dealings.queries import dealing_of
from evenhand_server.dealings.schemas import DeclineAsked, DeclineShown
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id

router = Router(tags=["Dealings"])


@router.post(
    "/dealings/{dealing_id}/decline", response={201: DeclineShown}, operation_id="decline", summary="Say a friendly no"
)
def decline(request: ProgramRequest, dealing_id: Id, asked: DeclineAsked) -> DeclineShown:
    """Either side may, as long as nothing was accepted; the other is told."""
    actor = request.auth

    def do() -> str:
        actions.decline(actor, dealing_of(actor, dealing_id), asked.reason)
        return dealing_id

    write_once(request, do, asked)
    return DeclineShown.of(dealing_of(actor, dealing_id).decline)
