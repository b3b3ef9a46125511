"""Programs about matches."""

from ninja import Query, Router

from evenhand_server.intents.queries import intent_of, newest_wish
from evenhand_server.matching.queries import matches_of, matching_of
from evenhand_server.matching.schemas import MatchesShown, MatchShown
from evenhand_server.people.programs import ProgramRequest
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Paging, part_of

router = Router(tags=["Intents"])


@router.get(
    "/intents/{intent_id}/matches", response=MatchesShown, operation_id="list_matches", summary="Who fits, and why"
)
def list_matches(request: ProgramRequest, intent_id: Id, paging: Query[Paging]) -> MatchesShown:
    """Those that fit come first, best first; then those that only mention the same words.

    If nobody fits, “nearest_misses” says what one change of the wish would bring.
    """
    wish = newest_wish(intent_of(request.auth, intent_id))
    page = part_of(matches_of(wish.pk), paging, lambda found: [MatchShown.of(match) for match in found])
    return MatchesShown.with_look(page, matching_of(wish.pk))
