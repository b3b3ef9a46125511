"""The doors of a link and of its code: whoever tries one after another is made to wait."""

import logging

from django.http import HttpRequest
from django.utils import timezone

from evenhand_server.invitations.models import Link
from evenhand_server.invitations.queries import link_with_token
from evenhand_server.limits.actions import give_back, spend
from evenhand_server.limits.rates import Limit
from evenhand_server.limits.subjects import of_address, of_address_at
from evenhand_server.storage.errors import TooOftenError

log = logging.getLogger("evenhand.invitations")


def look_up(request: HttpRequest, token: str) -> Link | None:
    """The link of a token. Whoever tries many that are none must wait, and stands in the log."""
    try:
        spend(Limit.OPEN_LINK, of_address(request))
    except TooOftenError:
        log.warning("somebody tries one link after another and is made to wait")
        raise
    found = link_with_token(token, timezone.now())
    if found is not None:
        give_back(Limit.OPEN_LINK, of_address(request))
    return found


def may_have_code_mailed(request: HttpRequest, link_id: str) -> bool:
    """Whether the code of this link may be mailed once more for whoever asks from there."""
    try:
        spend(Limit.ASK_FOR_CODE, of_address_at(request, link_id))
    except TooOftenError:
        return False
    return True


def try_code(request: HttpRequest, link_id: str) -> None:
    """Use up one of the few tries that each network address has for the code of this link."""
    spend(Limit.TRY_CODE, of_address_at(request, link_id))


def code_was_right(request: HttpRequest, link_id: str) -> None:
    """It was no guess, so it does not count as one."""
    give_back(Limit.TRY_CODE, of_address_at(request, link_id))
