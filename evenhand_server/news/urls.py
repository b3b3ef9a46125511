"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.news import views

app_name = "news"
urlpatterns = [
    path("me/news", views.listing, name="list"),
    path("me/news/seen", views.see_all, name="see_all"),
    path("me/news/mail", views.mail, name="mail"),
    path("me/news/mailbox", views.try_mailbox, name="try_mailbox"),
    path("me/news/mailbox/code", views.confirm_mailbox, name="confirm_mailbox"),
    path("me/news/feed", views.feed_address, name="feed_address"),
    path("me/news/feed/end", views.end_feed, name="end_feed"),
    path("feeds/<str:secret>", views.feed, name="feed"),
    path("mail_stops/<str:token>", views.stop, name="stop"),
]
