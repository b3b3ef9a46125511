"""Pages of a seller who is not here: what a link shows, the code, and staying. Opening a page never does anything."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenhand_server.intents.queries import newest_wish, teaser_of
from evenhand_server.invitations.actions import claim, guest, invite
from evenhand_server.invitations.doors import code_was_right, look_up, may_have_code_mailed, try_code
from evenhand_server.invitations.errors import AlreadyHeardError, CodeWrongError
from evenhand_server.invitations.forms import AccountForm, CodeForm, NameForm, OwnLinkForm
from evenhand_server.invitations.models import Invitation, Link
from evenhand_server.invitations.passes import give_entry, give_pass, guest_in, link_in, take_entry
from evenhand_server.invitations.queries import code_is_on_its_way, guest_of, has_account
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.messages import say
from evenhand_server.people.middleware import MEMBERSHIP, actor_in
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.people.roles import Role
from evenhand_server.terms.roster import terms_called
from evenhand_server.words.sources import sources

AT = "invitations:at"
DEALING = "relationships:dealing"
AUTHENTICATION = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@never_cache
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Swap a token for a cookie at once, so that it stays in no address; nothing else happens here."""
    found = look_up(request, token)
    if found is None:
        return without_traces(render(request, "invitations/no_link.html", status=404))
    response = redirect(AT, found.public_id)
    give_pass(response, found)
    return without_traces(response)


def without_traces(response: HttpResponse) -> HttpResponse:
    """No other site learns this address, and no search engine keeps it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@require_safe
@never_cache
def at(request: HttpRequest, link_id: str) -> HttpResponse:
    """What a link is for: the teaser, the terms, and the next step."""
    found, entered = link_in(request, link_id)
    if found is None:
        return render(request, "invitations/no_link.html", status=404)
    return render(request, "invitations/at.html", page_of(found, entered=entered))


def page_of(found: Link, *, entered: bool, form: Any = None) -> dict[str, Any]:
    """What the page of a link shows: never the words, nor who asks."""
    wish = newest_wish(found.intent)
    teaser = teaser_of(wish)
    invitation = found.invitation
    return {
        "link": found,
        "invitation": invitation,
        "dealing": invitation.dealing if invitation is not None else None,
        "entered": entered,
        "is_open": found.intent.is_open(timezone.now()),
        "is_erased": wish.sentence.is_erased,
        "teaser": teaser,
        "category_path": sources().tree.path(teaser.category),
        "terms": terms_called(found.intent.terms),
        "waits_for_code": invitation is not None and code_is_on_its_way(invitation),
        "code_form": form if isinstance(form, CodeForm) else CodeForm(),
        "own_link_form": form if isinstance(form, OwnLinkForm) else OwnLinkForm(),
    }


def invitation_in(request: HttpRequest, link_id: str) -> tuple[Link, Invitation]:
    """The personal link of this page and its invitation; anything else is not here."""
    found, _ = link_in(request, link_id)
    if found is None or found.invitation is None:
        raise Http404
    return found, found.invitation


@require_POST
@limited(Limit.ASK_FOR_MAIL, by_address=True)
def code(request: HttpRequest, link_id: str) -> HttpResponse:
    """Send a code to the invited mailbox, wherever the link has gone since."""
    _, invitation = invitation_in(request, link_id)
    if not may_have_code_mailed(request, link_id):
        return refuse(request, "code_stands", AT, link_id)
    guest.ask_for_code(invitation)
    return done(request, "done_guest_code", AT, link_id)


@require_POST
@limited(Limit.OPEN_LINK, by_address=True)
def entry(request: HttpRequest, link_id: str) -> HttpResponse:
    """Give the code, and answer."""
    found, invitation = invitation_in(request, link_id)
    form = CodeForm(request.POST)
    if form.is_valid():
        try_code(request, link_id)
        try:
            dealing = guest.enter(invitation, form.cleaned_data["code"])
        except CodeWrongError as error:
            form.add_error("code", say(error.code))
        except AlreadyHeardError:
            return render(request, "invitations/heard.html")
        else:
            code_was_right(request, link_id)
            is_kept = guest_of(dealing.vendor_id) is None
            is_here = request.user.is_authenticated and not is_kept
            response = redirect("invitations:account" if is_here else DEALING, dealing.public_id)
            give_entry(response, found, dealing)
            return response
    return render(request, "invitations/at.html", page_of(found, entered=False, form=form), status=422)


@require_POST
@limited(Limit.ASK_FOR_MAIL, by_address=True)
def own_link(request: HttpRequest, link_id: str) -> HttpResponse:
    """Ask for a personal link; what is said here is the same for every mailbox."""
    found, _ = link_in(request, link_id)
    if found is None or found.invitation is not None:
        raise Http404
    form = OwnLinkForm(request.POST)
    if not form.is_valid():
        return render(request, "invitations/at.html", page_of(found, entered=False, form=form), status=422)
    invite.ask_for_own_link(found, email=form.cleaned_data["email"], name=form.cleaned_data["name"])
    return done(request, "done_own_link", AT, link_id)


@require_POST
def silence(request: HttpRequest, link_id: str) -> HttpResponse:
    """Write no more invitations to this mailbox."""
    _, invitation = invitation_in(request, link_id)
    invite.silence(invitation.mailbox)
    return done(request, "done_silenced", AT, link_id)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def silence_from_mail(request: HttpRequest, token: str) -> HttpResponse:
    """The button of a mail program (RFC 8058); opened in a browser it leads to the page with the same button."""
    found = look_up(request, token)
    if found is None or found.invitation is None:
        return without_traces(render(request, "invitations/no_link.html", status=404))
    if request.method == "POST":
        invite.silence(found.invitation.mailbox)
        return without_traces(HttpResponse(status=204))
    return link(request, token)


@require_POST
def leave(request: HttpRequest, link_id: str) -> HttpResponse:
    """Forget in this browser who was here."""
    found, _ = link_in(request, link_id)
    invitation = found.invitation if found is not None else None
    messages.success(request, say("done_left"))
    response = redirect("home")
    take_entry(response, link_id, invitation.dealing if invitation is not None else None)
    return response


def is_claimed(request: HttpRequest) -> bool:
    """Whether this guest's answer lies in an account by now, such as after the first of two clicks."""
    found: Link | None = getattr(request, "guest_link", None)
    dealing = found.invitation.dealing if found is not None and found.invitation is not None else None
    return dealing is not None and guest_of(dealing.vendor_id) is None


@require_POST
def name(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Say what the business is called."""
    guest_in(request, dealing_id)
    actor, form = actor_in(request), NameForm(request.POST)
    if actor.role != Role.GUEST:
        raise Http404
    if not form.is_valid():
        return refuse(request, "name_missing", DEALING, dealing_id)

    def do() -> str:
        claim.name_guest(actor, form.cleaned_data["name"])
        return dealing_id

    write_once(request, do)
    return done(request, "done_details", DEALING, dealing_id)


@require_http_methods(["GET", "POST"])
@never_cache
def account(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Keep what was done as a guest in an account: a new one, or the one that is signed in."""
    if is_claimed(request):
        return redirect(DEALING, dealing_id)
    known = guest_in(request, dealing_id)
    is_signed_in = known.membership.person_id != request.user.pk
    form = AccountForm(request.POST if request.method == "POST" and not is_signed_in else None)
    if request.method == "POST" and (is_signed_in or form.is_valid()):
        if is_signed_in:
            membership = claim.claim(known, actor_in(request))
        else:
            membership = claim.claim_with_new_account(known, **form.cleaned_data)
            login(request, membership.person, backend=AUTHENTICATION)
        request.session[MEMBERSHIP] = membership.public_id
        return done(request, "done_claimed", DEALING, dealing_id)
    context = {
        "form": form,
        "guest": known,
        "is_signed_in": is_signed_in,
        "has_account": has_account(known.email),
        "dealing_id": dealing_id,
    }
    return render(request, "invitations/account.html", context, status=422 if form.errors else 200)
