"""The page on which a seller shows that a domain is its own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand_server.domains import actions
from evenhand_server.domains.asked import place_of, record_of
from evenhand_server.domains.errors import DomainNotShownError
from evenhand_server.domains.forms import CodeForm, DomainForm
from evenhand_server.domains.models import DomainClaim
from evenhand_server.domains.queries import claim_of, claim_to_show
from evenhand_server.domains.resolver import look_up
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.messages import say
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.VERIFY)
def domain(request: HttpRequest) -> HttpResponse:
    """What the party says of its domain; and saying it."""
    actor, form = actor_in(request), DomainForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return show(request, actor, form, status=422 if form.errors else 200)

    def do() -> str:
        return actions.claim_domain(actor, **form.cleaned_data).public_id

    write_once(request, do)
    return done(request, "done_domain_claimed", "domains:domain")


@login_required
@require_POST
@limited(Limit.VERIFY)
def code(request: HttpRequest) -> HttpResponse:
    """Type in the code."""
    actor, form = actor_in(request), CodeForm(request.POST)
    claim = claim_to_show(actor)
    if not form.is_valid():
        return show(request, actor, DomainForm(), status=422, problem="domain_code")
    try:
        actions.show_by_code(actor, claim, form.cleaned_data["code"])
    except DomainNotShownError as error:
        return show(request, actor, DomainForm(), status=422, problem=f"domain_{error.data['reason']}")
    return done(request, "done_domain_verified", "domains:domain")


@login_required
@require_POST
@limited(Limit.VERIFY)
def record(request: HttpRequest) -> HttpResponse:
    """Ask DNS now."""
    actor = actor_in(request)
    claim = claim_to_show(actor)
    try:
        actions.show_by_record(actor, claim, look_up(place_of(claim)))
    except DomainNotShownError as error:
        return show(request, actor, DomainForm(), status=422, problem=f"domain_{error.data['reason']}")
    return done(request, "done_domain_verified", "domains:domain")


@login_required
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Say nothing of a domain any more."""
    actor = actor_in(request)

    def do() -> str:
        actions.give_domain_up(actor)
        return actor.party.public_id

    write_once(request, do)
    return done(request, "done_domain_removed", "domains:domain")


def show(request: HttpRequest, actor: Actor, form: DomainForm, *, status: int, problem: str = "") -> HttpResponse:
    """The page."""
    claim = claim_of(actor)
    context: dict[str, Any] = {"form": form, "claim": claim, "problem": say(problem) if problem else ""}
    if claim is not None:
        is_dns = claim.way == DomainClaim.Way.DNS
        context |= {"record": record_of(claim), "place": place_of(claim), "is_dns": is_dns}
    return render(request, "me/domain.html", context, status=status)
