"""All addresses."""

from django.urls import URLPattern, URLResolver, include, path

from evenhand_server.api import addresses
from evenhand_server.intents.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("evenhand_server.intents.urls")),
    path("", include("evenhand_server.interests.urls")),
    path("", include("evenhand_server.dealings.urls")),
    path("", include("evenhand_server.terms.urls")),
    path("", include("evenhand_server.offers.urls")),
    path("", include("evenhand_server.relationships.urls")),
    path("", include("evenhand_server.people.urls")),
    path("", include("evenhand_server.purpose.urls")),
    path("", include("evenhand_server.account.urls")),
    path("account/", include("allauth.account.urls")),
    path("api/v1/", addresses()),
]
