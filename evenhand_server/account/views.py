"""Pages about everything of one person: overview, journal, export, erasure; and about the server itself."""

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from evenhand_server.account import actions
from evenhand_server.intents.queries import count_askers
from evenhand_server.invitations.passes import guest_in, take_entry
from evenhand_server.journal.queries import entries_of
from evenhand_server.market.queries import is_operator, the_market
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.queries import actor_of, memberships_of

PER_PAGE = 50
SURE = "erase"


@login_required
@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """The way to everything about oneself."""
    person = actor_in(request).person
    return render(request, "me/overview.html", {"rows": memberships_of(person), "is_operator": is_operator(person)})


@login_required
@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """What I did and what was done for my party, newest first."""
    actor = actor_in(request)
    pages = Paginator(entries_of(actor.person_id, [actor.party_id]), PER_PAGE)
    return render(request, "me/journal.html", {"page": pages.get_page(request.GET.get("page"))})


@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything kept of me, as one JSON file."""
    data = actions.take_export(actor_of(actor_in(request).person))
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="evenhand-export.json"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Forget me, once the word was typed and the password is right."""
    actor = actor_of(actor_in(request).person)
    if request.method == "GET":
        return render(request, "me/erase.html", {"word": SURE})
    sure = request.POST.get("sure", "").strip().lower() == SURE
    known = actor.person.check_password(request.POST.get("password", ""))
    if not (sure and known):
        return render(
            request, "me/erase.html", {"word": SURE, "not_sure": not sure, "not_known": not known}, status=422
        )
    actions.erase_person(actor)
    logout(request)
    return redirect("account:erased")


@require_http_methods(["GET", "POST"])
@never_cache
def erase_guest(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Forget a seller who answers by a link, once they typed the word; they need no account for that."""
    guest = guest_in(request, dealing_id)
    if request.user.pk != guest.membership.person_id:  # Somebody signed in, who came by the same link.
        raise Http404
    not_sure = request.method == "POST" and request.POST.get("sure", "").strip().lower() != SURE
    if request.method == "GET" or not_sure:
        context = {"word": SURE, "not_sure": not_sure, "dealing_id": dealing_id}
        return render(request, "me/erase_guest.html", context, status=422 if not_sure else 200)
    link = request.guest_link  # type: ignore[attr-defined] # guest_in found the guest by it
    actions.erase_guest(guest)
    response = redirect("account:erased")
    take_entry(response, link.public_id, link.invitation.dealing)
    return response


@require_GET
def erased(request: HttpRequest) -> HttpResponse:
    """What was erased, and what stays."""
    return render(request, "me/erased.html")


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Who runs this server and what they could read."""
    environment, market = settings.ENVIRONMENT, the_market()
    context = {
        "market": market,
        "operator": market.operator if market else environment.operator,
        "contact": market.contact if market else environment.contact,
        "buyers": count_askers(),
    }
    return render(request, "about.html", context)
