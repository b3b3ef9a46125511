"""The page of evidence."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once
from evenhand_server.purpose import actions
from evenhand_server.purpose.forms import EvidenceForm
from evenhand_server.purpose.queries import evidence_of


@login_required
@require_http_methods(["GET", "POST"])
def listing(request: HttpRequest) -> HttpResponse:
    """What the party stands for; and adding to it."""
    actor, form = actor_in(request), EvidenceForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "evidence": evidence_of(actor.party_id)}
        return render(request, "me/purpose.html", context, status=422 if form.errors else 200)

    def do() -> str:
        return actions.add_evidence(actor, **form.cleaned_data).public_id

    write_once(request, do)
    return done(request, "done_evidence", "purpose:list")


@login_required
@require_POST
def remove(request: HttpRequest, evidence_id: str) -> HttpResponse:
    """Take evidence back."""
    actor = actor_in(request)

    def do() -> str:
        actions.remove_evidence(actor, evidence_id)
        return evidence_id

    write_once(request, do)
    return done(request, "done_evidence_removed", "purpose:list")
