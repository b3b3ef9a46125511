"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.market import views

app_name = "market"
urlpatterns = [
    path("setup", views.setup, name="setup"),
    path("setup/operators", views.become_operator, name="become_operator"),
    path("setup/mail", views.try_mail, name="try_mail"),
    path("setup/mail/code", views.confirm_mail, name="confirm_mail"),
    path("setup/failures", views.failures, name="failures"),
    path("setup/failures/<slug:kind>/<int:number>", views.settle_failure, name="settle_failure"),
    path("setup/<str:key>", views.enter, name="enter"),
]
