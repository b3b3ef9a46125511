"""Who may make an account here: anybody, or only who was invited, as the operator settled."""

from django.http import HttpRequest

from evenhand_server.market.queries import strangers_may_register
from evenhand_server.people.accounts import AccountAdapter

WAS_INVITED = "was_invited"
"""Set in the session of somebody who came by an invitation; it lets them in where strangers may not."""


class MarketAdapter(AccountAdapter):
    """Sign-up as it is everywhere, where it is open."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether this visitor may make an account."""
        return strangers_may_register() or bool(request.session.get(WAS_INVITED))
