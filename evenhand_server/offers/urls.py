"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.offers import views

app_name = "offers"
urlpatterns = [
    path("intents/<slug:intent_id>", views.intent, name="intent"),
    path("intents/<slug:intent_id>/compare", views.compare, name="compare"),
    path("intents/<slug:intent_id>/dealings", views.let_hear, name="let_hear"),
    path("inbox", views.inbox, name="inbox"),
    path("plainer_words", views.show_plainer_words, name="plainer_words"),
    path("dealings/<slug:dealing_id>/messages", views.ask, name="ask"),
    path("dealings/<slug:dealing_id>/offer", views.offer, name="offer"),
    path("dealings/<slug:dealing_id>/files/<slug:file_id>", views.attachment, name="attachment"),
    path("dealings/<slug:dealing_id>/offer/withdrawal", views.withdraw, name="withdraw"),
    path("dealings/<slug:dealing_id>/offer/acceptance", views.accept, name="accept"),
]
