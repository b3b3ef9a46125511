"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.dealings import views

app_name = "dealings"
urlpatterns = [
    path("dealings/<slug:dealing_id>/decline", views.decline, name="decline"),
]
