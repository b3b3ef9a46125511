"""Pages about oneself: for whom one acts, details, organisations, members, tokens."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from evenhand_server.people import actions
from evenhand_server.people.forms import DetailsForm, MemberForm, OrganisationForm, PersonForm, TokenForm
from evenhand_server.people.middleware import MEMBERSHIP, actor_in
from evenhand_server.people.pages import done, write_once
from evenhand_server.people.preferences import PreferencesForm
from evenhand_server.people.queries import details_of, members_of, memberships_of, organisation_of, tokens_of
from evenhand_server.people.roles import Role
from evenhand_server.storage.errors import NotFoundError


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another party from now on."""
    chosen = memberships_of(actor_in(request).person).filter(public_id=request.POST.get("membership", "")).first()
    if chosen is None:
        raise NotFoundError
    request.session[MEMBERSHIP] = chosen.public_id
    back = request.POST.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else "intents:list")


@login_required
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """What may be disclosed, field by field, and how Evenhand speaks to the person."""
    actor = actor_in(request)
    form = DetailsForm(request.POST or None, initial=dict(details_of(actor.party_id)))
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "person_form": person_form(request), "organisation": organisation_of(actor.party)}
        return render(request, "me/details.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.keep_details(actor, form.cleaned_data)
        return actor.party.public_id

    write_once(request, do)
    return done(request, "done_details", "people:details")


@login_required
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What the party thinks of which terms: said once, used whenever it asks."""
    actor = actor_in(request)
    form = PreferencesForm(request.POST or None, party=actor.party)
    if request.method == "GET" or not form.is_valid():
        return render(request, "me/terms.html", {"form": form}, status=422 if form.errors else 200)

    def do() -> str:
        actions.keep_preferences(actor, form.preferences())
        return actor.party.public_id

    write_once(request, do)
    return done(request, "done_preferences", "people:preferences")


@login_required
@require_POST
def person(request: HttpRequest) -> HttpResponse:
    """Change how Evenhand speaks to the person."""
    actor, form = actor_in(request), PersonForm(request.POST)
    if not form.is_valid():
        context = {"form": DetailsForm(initial=dict(details_of(actor.party_id))), "person_form": form}
        return render(request, "me/details.html", context, status=422)

    def do() -> str:
        actions.keep_person(actor, **form.cleaned_data)
        return actor.person.public_id

    write_once(request, do)
    return done(request, "done_details", "people:details")


@login_required
@require_http_methods(["GET", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """The parties one acts for; and founding another."""
    actor, form = actor_in(request), OrganisationForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "rows": memberships_of(actor.person)}
        return render(request, "me/organisations.html", context, status=422 if form.errors else 200)

    def do() -> str:
        return actions.found_organisation(actor, **form.cleaned_data).public_id

    request.session[MEMBERSHIP] = write_once(request, do).made
    return done(request, "done_organisation", "people:members")


@login_required
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Who acts for the organisation; and adding somebody."""
    actor, form = actor_in(request), MemberForm(request.POST or None)
    if not actor.party.is_organisation:
        return redirect("people:organisations")
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "rows": members_of(actor)}
        return render(request, "me/members.html", context, status=422 if form.errors else 200)

    def do() -> str:
        wanted = form.cleaned_data
        return actions.add_member(actor, username=wanted["username"], role=Role(wanted["role"])).public_id

    write_once(request, do)
    return done(request, "done_member", "people:members")


@login_required
@require_POST
def end_membership(request: HttpRequest, membership_id: str) -> HttpResponse:
    """Somebody no longer acts for the organisation."""
    actor = actor_in(request)

    def do() -> str:
        actions.end_membership(actor, membership_id)
        return membership_id

    write_once(request, do)
    return done(request, "done_member_ended", "people:members")


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The programs that may act as this person; a new token's secret is shown once."""
    actor, form, secret = actor_in(request), TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        secret = actions.make_token(actor, form.cleaned_data["name"])[1]
    context = {"form": form, "tokens": tokens_of(actor), "secret": secret}
    return render(request, "me/tokens.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """Let a program in no longer."""
    actor = actor_in(request)

    def do() -> str:
        actions.revoke_token(actor, token_id)
        return token_id

    write_once(request, do)
    return done(request, "done_token_revoked", "people:tokens")


def person_form(request: HttpRequest) -> PersonForm:
    """The form with what is known."""
    who = actor_in(request).person
    return PersonForm(initial={"name": who.name, "country": who.country, "time_zone": who.time_zone})
