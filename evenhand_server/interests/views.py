"""Pages of what a vendor stands ready to answer, and of the terms it accepts from anybody."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from evenhand.interests.interest import from_record
from evenhand.interests.read import interest_from, read
from evenhand_server.interests import actions
from evenhand_server.interests.forms import InterestForm, InterestSentenceForm, initial_of
from evenhand_server.interests.queries import interest_of, interests_of, standing_terms
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once
from evenhand_server.people.terms import roster
from evenhand_server.words.sources import sources


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.READ)
def listing(request: HttpRequest) -> HttpResponse:
    """What the party stands ready to answer; and the box to add to it, whose reading comes back to correct."""
    actor = actor_in(request)
    form = InterestSentenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        found = read(text, now=timezone.localtime(), country=actor.person.country or "GB", sources=sources())
        initial = initial_of(interest_from(found), text)
        return render(request, "interests/form.html", {"form": InterestForm(initial=initial), "tree": sources().tree})
    rows = [(version, from_record(version.record)) for version in interests_of(actor)]
    context = {
        "interests": rows,
        "form": form,
        "tree": sources().tree,
        "standing_terms": standing_terms(actor.party_id),
    }
    return render(request, "interests/list.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
@limited(Limit.PUBLISH)
def stand_ready(request: HttpRequest) -> HttpResponse:
    """Stand ready to answer as the form says."""
    actor, form = actor_in(request), InterestForm(request.POST)
    if not form.is_valid():
        return render(request, "interests/form.html", {"form": form, "tree": sources().tree}, status=422)

    def do() -> str:
        return actions.stand_ready(actor, form.cleaned_data["text"], form.interest()).interest.public_id

    write_once(request, do)
    return done(request, "done_interest", "interests:list")


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.PUBLISH)
def edit(request: HttpRequest, interest_id: str) -> HttpResponse:
    """Change what one interest answers."""
    actor = actor_in(request)
    newest = interest_of(actor, interest_id)
    initial = initial_of(from_record(newest.record), newest.sentence.body)
    form = InterestForm(request.POST or None, initial=initial)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, "interest": newest.interest, "tree": sources().tree}
        return render(request, "interests/form.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.change_interest(actor, newest, form.cleaned_data["text"], form.interest())
        return interest_id

    write_once(request, do)
    return done(request, "done_interest", "interests:list")


@login_required
@require_POST
def retire(request: HttpRequest, interest_id: str) -> HttpResponse:
    """Answer such intents no longer."""
    actor = actor_in(request)

    def do() -> str:
        actions.retire_interest(actor, interest_of(actor, interest_id))
        return interest_id

    write_once(request, do)
    return done(request, "done_retired", "interests:list")


@login_required
@require_POST
def set_standing_terms(request: HttpRequest) -> HttpResponse:
    """Say which terms the party accepts from anybody."""
    actor = actor_in(request)
    chosen = frozenset(terms.id for terms in roster() if terms.id in request.POST.getlist("terms"))

    def do() -> str:
        actions.set_standing_acceptances(actor, chosen)
        return actor.party.public_id

    write_once(request, do)
    return done(request, "done_standing_terms", "terms:list")
