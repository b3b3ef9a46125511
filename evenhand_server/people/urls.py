"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.people import views

app_name = "people"
urlpatterns = [
    path("me/acting_for", views.switch, name="switch"),
    path("me/details", views.details, name="details"),
    path("me/terms", views.preferences, name="preferences"),
    path("me/person", views.person, name="person"),
    path("me/organisations", views.organisations, name="organisations"),
    path("me/members", views.members, name="members"),
    path("me/members/<slug:membership_id>/departure", views.end_membership, name="end_membership"),
    path("me/tokens", views.tokens, name="tokens"),
    path("me/tokens/<slug:token_id>/revocation", views.revoke_token, name="revoke_token"),
]
