"""Addresses of this room's pages and documents."""

from django.urls import path

from evenhand_server.published import views

app_name = "published"
urlpatterns = [
    path(".well-known/myterms.json", views.well_known_terms, name="well_known_terms"),
    path(".well-known/myterms", views.well_known_terms, name="well_known_terms_bare"),
    path(".well-known/evenhand-key.json", views.well_known_key, name="well_known_key"),
    path("me/website", views.own, name="own"),
    path("organisations/<slug:party_id>", views.organisation, name="organisation"),
    path("organisations/<slug:party_id>/myterms.json", views.terms, name="terms"),
    path("organisations/<slug:party_id>/myterms", views.terms, name="terms_bare"),
    path("organisations/<slug:party_id>/evenhand-key.json", views.key, name="key"),
]
