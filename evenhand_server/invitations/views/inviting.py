"""Pages of who asks: whom to ask that is not here, how that stands, and a link to pass on."""

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand_server.directory.queries import known_near
from evenhand_server.intents.models import Intent
from evenhand_server.intents.queries import intent_of, newest_wish, wish_value
from evenhand_server.invitations.actions import invite
from evenhand_server.invitations.actions.invite import MOST_INVITATIONS, Invited
from evenhand_server.invitations.errors import NobodyToInviteError
from evenhand_server.invitations.forms import FromListForm, PasteForm
from evenhand_server.invitations.models import Invitation
from evenhand_server.invitations.passes import address_of
from evenhand_server.invitations.queries import (
    count_invited,
    groups_of,
    invitation_of,
    invited_among,
    lists_of,
    public_link_of,
    silent_among,
    standings_of,
    suppliers_of,
)
from evenhand_server.invitations.sheet import Sheet
from evenhand_server.invitations.tokens import mailbox_of
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.market.queries import mail_works
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.newcomers import invitations_allowed
from evenhand_server.people.pages import done, refuse, write_once

DIRECTORY = Invitation.Source.DIRECTORY
INTENT = "invitations:intent"
LOOK = "preview"
"""The button that shows who would be asked instead of asking them."""


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.INVITE)
def invitations(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Who was asked, and whom to ask next: pasted addresses or a list."""
    actor = actor_in(request)
    intent = intent_of(actor, intent_id)
    is_list = "suppliers" in request.POST
    asked = request.POST if request.method == "POST" else None
    paste_form = PasteForm(None if is_list else asked)
    list_form = list_form_of(actor, asked if is_list else None)
    form = list_form if is_list else paste_form
    if asked is None or not form.is_valid():
        context = page_of(actor, intent) | {"paste_form": paste_form, "list_form": list_form, "form": form}
        return render(request, "invitations/intent.html", context, status=422 if form.errors else 200)
    sheet = sheet_of_list(actor, list_form) if is_list else form.cleaned_data["sheet"]
    if LOOK in asked:
        context = page_of(actor, intent) | sorted_out(intent, sheet) | {"asked": asked, "is_list": is_list}
        return render(request, "invitations/preview.html", context)
    return ask_them(request, intent, sheet, Invitation.Source.LIST if is_list else Invitation.Source.PASTED)


@login_required
@require_POST
@limited(Limit.INVITE)
def known(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Ask the sellers that the directory knows near there: the nearest first, as many as may still be asked today."""
    actor = actor_in(request)
    intent = intent_of(actor, intent_id)
    left = max(1, invitations_allowed(actor.party_id) - count_invited(actor, timezone.now() - timedelta(days=1)))
    entries = known_near(wish_value(newest_wish(intent)))[:left]
    return ask_them(request, intent, Sheet([{"email": one.email, "name": one.name} for one in entries]), DIRECTORY)


def ask_them(request: HttpRequest, intent: Intent, sheet: Sheet, source: str) -> HttpResponse:
    """Ask everybody in it, once."""
    actor = actor_in(request)
    sellers = [Invited(row["email"], row["name"]) for row in sheet.rows]

    def do() -> str:
        return str(len(invite.invite(actor, intent, sellers, source=source)))

    try:
        write_once(request, do)
    except NobodyToInviteError:
        return refuse(request, "nobody_to_invite", INTENT, intent.public_id)
    return done(request, "done_invited", INTENT, intent.public_id)


def list_form_of(actor: Actor, data: Any) -> FromListForm:
    """The party's lists to choose from."""
    return FromListForm(data, lists=list(lists_of(actor)), groups=groups_of(actor))


def sheet_of_list(actor: Actor, form: FromListForm) -> Sheet:
    """The sellers of the chosen list or group."""
    rows = suppliers_of(actor, *form.chosen())
    return Sheet([{"email": one.email, "name": one.name} for one in rows])


def sorted_out(intent: Intent, sheet: Sheet) -> dict[str, Any]:
    """Who would be asked, and who would not and why."""
    mailboxes = {mailbox_of(row["email"]): row for row in sheet.rows}
    asked_before = invited_among(intent, list(mailboxes))
    silent = silent_among(list(mailboxes)) - asked_before
    return {
        "will_be_asked": [row for mailbox, row in mailboxes.items() if mailbox not in asked_before | silent],
        "asked_before": [mailboxes[mailbox] for mailbox in asked_before],
        "silent": [mailboxes[mailbox] for mailbox in silent],
        "problems": [asdict(problem) for problem in sheet.problems],
    }


def page_of(actor: Actor, intent: Intent) -> dict[str, Any]:
    """What the page shows besides its forms."""
    link = public_link_of(intent)
    return {
        "intent": intent,
        "wish": newest_wish(intent),
        "is_open": intent.is_open(timezone.now()),
        "standings": standings_of(intent),
        "has_lists": lists_of(actor).exists(),
        "mail_works": settings.ENVIRONMENT.demo or mail_works(),
        "most": MOST_INVITATIONS,
        "public_link": link,
        "public_address": address_of(link) if link is not None else "",
    }


@login_required
@require_POST
@limited(Limit.INVITE)
def public_link(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Make a link to pass on."""
    actor = actor_in(request)

    def do() -> str:
        return invite.make_public_link(actor, intent_of(actor, intent_id)).public_id

    write_once(request, do)
    return done(request, "done_link_made", INTENT, intent_id)


@login_required
@require_POST
def revoke_public(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Take the link back that was passed on."""
    actor = actor_in(request)
    link = public_link_of(intent_of(actor, intent_id))
    if link is None:
        raise Http404

    def do() -> str:
        invite.revoke_link(actor, link)
        return link.public_id

    write_once(request, do)
    return done(request, "done_link_revoked", INTENT, intent_id)


@login_required
@require_safe
@never_cache
def qr(request: HttpRequest, intent_id: str) -> HttpResponse:
    """The link as a QR code, dark on light whatever the page looks like, since cameras want it so."""
    link = public_link_of(intent_of(actor_in(request), intent_id))
    if link is None:
        raise Http404
    code = segno.make(address_of(link), error="m", micro=False)
    inside_a_page = code.svg_inline(scale=8, border=4, dark="#000", light="#fff")
    picture = inside_a_page.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return HttpResponse(picture, content_type="image/svg+xml")


@login_required
@require_POST
def revoke(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """Take an invitation back."""
    actor = actor_in(request)
    found = invitation_of(actor, invitation_id)

    def do() -> str:
        invite.revoke_link(actor, found.link)
        return invitation_id

    write_once(request, do)
    return done(request, "done_invitation_revoked", INTENT, found.intent.public_id)


@login_required
@require_POST
@limited(Limit.INVITE)
def mail_again(request: HttpRequest, invitation_id: str) -> HttpResponse:
    """Send an invitation once more."""
    actor = actor_in(request)
    found = invitation_of(actor, invitation_id)

    def do() -> str:
        invite.mail_again(actor, found)
        return invitation_id

    write_once(request, do)
    return done(request, "done_mailed_again", INTENT, found.intent.public_id)
