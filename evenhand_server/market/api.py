"""Programs about the market: what the operator settled, for everybody to read."""

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from evenhand_server.market.queries import the_market
from evenhand_server.market.schemas import MarketShown

router = Router(tags=["Market"])


@router.get(
    "/market",
    response=MarketShown,
    auth=None,
    operation_id="show_market",
    summary="What this market is, and who runs the server",
)
def show_market(request: HttpRequest) -> MarketShown:
    """Needs no token: it is what the page about who runs this server says."""
    known = settings.ENVIRONMENT
    return MarketShown.of(the_market(), operator=known.operator, contact=known.contact)
