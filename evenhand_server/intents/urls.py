"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.intents import views

app_name = "intents"
urlpatterns = [
    path("intents", views.listing, name="list"),
    path("intents/readings", views.show_reading, name="reading"),
    path("intents/drafts", views.begin, name="begin"),
    path("intents/drafts/<slug:draft_id>", views.edit_draft, name="draft"),
    path("intents/drafts/<slug:draft_id>/words", views.reword, name="reword"),
    path("intents/drafts/<slug:draft_id>/answers", views.answer_doubt, name="answer"),
    path("intents/drafts/<slug:draft_id>/wishes", views.begin_another, name="another"),
    path("intents/drafts/<slug:draft_id>/publication", views.publish, name="publish"),
    path("intents/drafts/<slug:draft_id>/removal", views.discard, name="discard"),
    path("intents/<slug:intent_id>/withdrawal", views.withdraw, name="withdraw"),
]
