"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.interests import views

app_name = "interests"
urlpatterns = [
    path("interests", views.listing, name="list"),
    path("interests/new", views.stand_ready, name="stand_ready"),
    path("interests/standing_terms", views.set_standing_terms, name="standing_terms"),
    path("interests/<slug:interest_id>", views.edit, name="edit"),
    path("interests/<slug:interest_id>/retirement", views.retire, name="retire"),
]
