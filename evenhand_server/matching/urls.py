"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.matching import views

app_name = "matching"
urlpatterns = [
    path("intents/drafts/<slug:draft_id>/preview", views.preview, name="preview"),
    path("intents/drafts/<slug:draft_id>/sellers", views.sellers, name="sellers"),
]
