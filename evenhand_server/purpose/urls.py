"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.purpose import views

app_name = "purpose"
urlpatterns = [
    path("me/purpose", views.listing, name="list"),
    path("me/purpose/<slug:evidence_id>/removal", views.remove, name="remove"),
]
