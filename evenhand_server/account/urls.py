"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.account import views

app_name = "account"
urlpatterns = [
    path("me", views.me, name="me"),
    path("me/journal", views.journal, name="journal"),
    path("me/export", views.export, name="export"),
    path("me/erase", views.erase, name="erase"),
    path("dealings/<slug:dealing_id>/seller_erasure", views.erase_guest, name="erase_guest"),
    path("erased", views.erased, name="erased"),
    path("about", views.about, name="about"),
]
