"""Programs about what their party's own website says."""

from ninja import Router

from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.programs import ProgramRequest
from evenhand_server.published.own_domain import look_around
from evenhand_server.published.schemas import LookShown, WebsiteShown

router = Router(tags=["Vendors"])


@router.post(
    "/me/website_checks",
    response={201: WebsiteShown},
    operation_id="check_website",
    summary="Ask your own website whether it says the same as this server",
)
@limited(Limit.VERIFY)
def check_website(request: ProgramRequest) -> WebsiteShown:
    """Of the terms you accept and the key you sign with. Nothing is kept. 404 without a verified domain."""
    return WebsiteShown(looks=[LookShown.of(one) for one in look_around(request.auth.party)])
