"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.keys import views

app_name = "keys"
urlpatterns = [
    path("me/keys", views.keys, name="list"),
    path("me/keys/rotation", views.rotation, name="rotation"),
    path("me/key_changes/<slug:change_id>", views.change, name="change"),
    path("me/key_changes/<slug:change_id>/statement", views.statement, name="statement"),
    path("me/key_changes/<slug:change_id>/cancellation", views.cancellation, name="cancellation"),
    path("me/signatures/<slug:awaited_id>", views.signature, name="signature"),
    path("me/signatures/<slug:awaited_id>/record", views.record, name="record"),
    path("dealings/<slug:dealing_id>/key", views.dealing_key, name="dealing_key"),
]
