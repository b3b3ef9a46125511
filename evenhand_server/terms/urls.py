"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.terms import views

app_name = "terms"
urlpatterns = [
    path("terms", views.listing, name="list"),
    path("terms/<slug:terms_id>", views.one, name="one"),
    path("dealings/<slug:dealing_id>/terms", views.answer, name="answer"),
    path("dealings/<slug:dealing_id>/counter", views.answer_counter, name="answer_counter"),
    path("dealings/<slug:dealing_id>/disclosures", views.disclose, name="disclose"),
    path("dealings/<slug:dealing_id>/revocation", views.revoke_agreement, name="revoke_agreement"),
    path("dealings/<slug:dealing_id>/revocations", views.revoke_all, name="revoke_all"),
    path("dealings/<slug:dealing_id>/disclosures/<slug:disclosure_id>/revocation", views.revoke, name="revoke"),
    path("me/disclosures", views.disclosures, name="disclosures"),
]
