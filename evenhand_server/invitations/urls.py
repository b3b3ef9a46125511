"""Addresses of this room's pages."""

from django.urls import path

from evenhand_server.invitations.views import guest, inviting, lists

app_name = "invitations"
urlpatterns = [
    path("suppliers", lists.listing, name="lists"),
    path("suppliers/sheets/<slug:sheet_id>", lists.sheet, name="sheet"),
    path("suppliers/<slug:list_id>", lists.one, name="list"),
    path("suppliers/<slug:list_id>/name", lists.rename, name="rename"),
    path("suppliers/<slug:list_id>/removal", lists.remove, name="remove_list"),
    path("suppliers/<slug:list_id>/entries/<slug:supplier_id>", lists.supplier, name="supplier"),
    path("suppliers/<slug:list_id>/entries/<slug:supplier_id>/removal", lists.remove_supplier, name="remove_supplier"),
    path("intents/<slug:intent_id>/invitations", inviting.invitations, name="intent"),
    path("intents/<slug:intent_id>/known_sellers", inviting.known, name="known"),
    path("intents/<slug:intent_id>/link", inviting.public_link, name="public_link"),
    path("intents/<slug:intent_id>/link.svg", inviting.qr, name="qr"),
    path("intents/<slug:intent_id>/link/revocation", inviting.revoke_public, name="revoke_public"),
    path("invitations/<slug:invitation_id>/revocation", inviting.revoke, name="revoke"),
    path("invitations/<slug:invitation_id>/mail", inviting.mail_again, name="mail_again"),
    path("i/at/<slug:link_id>", guest.at, name="at"),
    path("i/at/<slug:link_id>/code", guest.code, name="code"),
    path("i/at/<slug:link_id>/entry", guest.entry, name="entry"),
    path("i/at/<slug:link_id>/own_link", guest.own_link, name="own_link"),
    path("i/at/<slug:link_id>/silence", guest.silence, name="silence"),
    path("i/at/<slug:link_id>/leaving", guest.leave, name="leave"),
    path("i/<slug:token>", guest.link, name="link"),
    path("i/<slug:token>/silence", guest.silence_from_mail, name="silence_from_mail"),
    path("dealings/<slug:dealing_id>/seller_name", guest.name, name="name"),
    path("dealings/<slug:dealing_id>/account", guest.account, name="account"),
]
