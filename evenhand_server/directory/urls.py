"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.directory import views

app_name = "directory"
urlpatterns = [
    path("operator/directory", views.listing, name="list"),
    path("operator/directory/<slug:import_id>", views.one, name="one"),
    path("operator/directory/<slug:import_id>/removal", views.undo, name="undo"),
    path("directory/<str:signed>/removal", views.leave, name="leave"),
]
