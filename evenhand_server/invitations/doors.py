"""The door of a link: whoever tries one token after another is made to wait, and stands in the log."""

import logging

from django.http import HttpRequest
from django.utils import timezone

from evenhand_server.invitations.models import Link
from evenhand_server.invitations.queries import link_with_token
from evenhand_server.limits.actions import give_back, spend
from evenhand_server.limits.rates import Limit
from evenhand_server.limits.subjects import of_address
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
