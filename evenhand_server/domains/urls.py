"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.domains import views

app_name = "domains"
urlpatterns = [
    path("me/domain", views.domain, name="domain"),
    path("me/domain/code", views.code, name="code"),
    path("me/domain/record", views.record, name="record"),
    path("me/domain/removal", views.remove, name="remove"),
]
