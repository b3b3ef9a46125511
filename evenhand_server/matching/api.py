"""Programs about matches."""

from django.utils import timezone
from ninja import Query, Router

from evenhand_server.intents.api import choices_of, wanted_by
from evenhand_server.intents.queries import intent_of, newest_wish
from evenhand_server.intents.schemas import IntentAsked
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.matching.queries import matches_of, matching_of, question_of_draft
from evenhand_server.matching.reach import reach_of
from evenhand_server.matching.schemas import MatchesShown, MatchShown, ReachShown
from evenhand_server.people.programs import ProgramRequest
from evenhand_server.programs.fields import Id
from evenhand_server.programs.openapi import KEEPS_NOTHING
from evenhand_server.programs.paging import Paging, part_of

router = Router(tags=["Intents"])


@router.post(
    "/previews/sellers",
    response=ReachShown,
    operation_id="preview_sellers",
    summary="How many sellers would hear",
    openapi_extra={KEEPS_NOTHING: True},
)
@limited(Limit.LOOK_AHEAD)
def preview_sellers(request: ProgramRequest, asked: IntentAsked) -> ReachShown:
    """In round numbers; and what one change of the wish would add. Nothing is kept."""
    actor = request.auth
    choices = choices_of(actor, asked)
    question = question_of_draft(
        wanted_by(actor, asked, asked.budget_shown),
        timezone.localdate(),
        budget_shown=choices.budget_shown,
        terms=choices.terms,
        party_id=actor.party_id,
    )
    return ReachShown.of(reach_of(question))


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
