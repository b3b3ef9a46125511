"""The API under /api/v1: every room's operations, gathered, and the page that explains them."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from evenhand_server.account.api import router as account
from evenhand_server.dealings.api import router as dealings
from evenhand_server.domains.api import router as domains
from evenhand_server.intents.api import router as intents
from evenhand_server.interests.api import router as interests
from evenhand_server.invitations.api import router as invitations
from evenhand_server.keys.api import router as keys
from evenhand_server.market.api import router as market
from evenhand_server.matching.api import router as matching
from evenhand_server.news.api import router as news
from evenhand_server.offers.api import router as offers
from evenhand_server.people.api import router as people
from evenhand_server.people.programs import Token, in_their_time_zone
from evenhand_server.programs.answers import finished, finishing
from evenhand_server.programs.openapi import Api
from evenhand_server.programs.problems import nowhere
from evenhand_server.programs.reference import Reference
from evenhand_server.published.api import router as published
from evenhand_server.purpose.api import router as purpose
from evenhand_server.relationships.api import router as relationships
from evenhand_server.safety.api import router as safety
from evenhand_server.terms.api import router as terms

ABOUT = "Buying and selling between people, on even terms. Everything that pages can do, for programs."
ROUTERS = (
    *(intents, matching, interests, offers, invitations, dealings, terms, keys),
    *(relationships, safety, domains, published, people, purpose, account, market, news),
)

api = Api(
    title="Evenhand",
    version="1",
    description=ABOUT,
    auth=Token(),
    docs=Reference(),
    urls_namespace="api",
)
api.add_decorator(in_their_time_zone)
for router in ROUTERS:
    api.add_router("", router)


def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """No operation has this address."""
    return nowhere(request)


def addresses() -> tuple[list[URLPattern | URLResolver], str, str]:
    """All addresses of the API; whatever else is asked for under them is a problem, not a page."""
    patterns, app_name, namespace = api.urls
    unknown.csrf_exempt = True  # type: ignore[attr-defined]
    everything_else = path("<path:rest>", finishing(unknown))
    return [*finished(patterns), everything_else], app_name, namespace
