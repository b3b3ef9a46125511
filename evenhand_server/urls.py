"""All addresses."""

from allauth.account.views import login, password_reset, signup
from django.urls import URLPattern, URLResolver, include, path

from evenhand_server.api import addresses
from evenhand_server.intents.views import home
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("evenhand_server.intents.urls")),
    path("", include("evenhand_server.matching.urls")),
    path("", include("evenhand_server.interests.urls")),
    path("", include("evenhand_server.dealings.urls")),
    path("", include("evenhand_server.terms.urls")),
    path("", include("evenhand_server.keys.urls")),
    path("", include("evenhand_server.published.urls")),
    path("", include("evenhand_server.offers.urls")),
    path("", include("evenhand_server.invitations.urls")),
    path("", include("evenhand_server.relationships.urls")),
    path("", include("evenhand_server.directory.urls")),
    path("", include("evenhand_server.domains.urls")),
    path("", include("evenhand_server.safety.urls")),
    path("", include("evenhand_server.people.urls")),
    path("", include("evenhand_server.market.urls")),
    path("", include("evenhand_server.news.urls")),
    path("", include("evenhand_server.purpose.urls")),
    path("", include("evenhand_server.account.urls")),
    # Before the pages they stand for, so that these are found first.
    path("account/login/", limited(Limit.SIGN_IN, by_address=True)(login), name="account_login"),
    path("account/signup/", limited(Limit.SIGN_UP, by_address=True)(signup), name="account_signup"),
    path(
        "account/password/reset/",
        limited(Limit.ASK_FOR_MAIL, by_address=True)(password_reset),
        name="account_reset_password",
    ),
    path("account/", include("allauth.account.urls")),
    path("api/v1/", addresses()),
]
