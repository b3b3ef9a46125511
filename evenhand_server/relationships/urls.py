"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.relationships import checking, views

app_name = "relationships"
urlpatterns = [
    path("dealings/<slug:dealing_id>", views.dealing, name="dealing"),
    path("dealings/<slug:dealing_id>/relationship", views.go_on, name="go_on"),
    path("dealings/<slug:dealing_id>/bundle", views.bundle, name="bundle"),
    path("verify", checking.check, name="verify"),
    path("me/agreements", views.agreements, name="agreements"),
    path("me/changes", views.changes, name="changes"),
    path("relationships", views.listing, name="list"),
    path("relationships/<slug:relationship_id>", views.one, name="one"),
]
