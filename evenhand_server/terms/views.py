"""Pages of the roster, and what is answered and disclosed on a dealing."""

import json

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.dealings.models import Side
from evenhand_server.dealings.queries import dealing_of, side_of
from evenhand_server.interests.queries import standing_terms
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.people.roles import Act
from evenhand_server.people.terms import roster
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms import actions
from evenhand_server.terms.forms import AnswerForm, CounterAnswerForm, DayForm
from evenhand_server.terms.models import Outcome, Record, Stage
from evenhand_server.terms.queries import ceremony_of, disclosures_by, disclosures_of, standing_agreements

DEALING = "relationships:dealing"


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All terms, in plain words; for who is signed in also which they accept from anybody."""
    own = standing_terms(actor_in(request).party_id) if request.user.is_authenticated else frozenset()
    return render(request, "terms/roster.html", {"roster": roster(), "standing_terms": own})


@require_GET
def one(request: HttpRequest, terms_id: str) -> HttpResponse:
    """One entry of the roster: its exact text and the digest that is signed."""
    found = roster().find(terms_id)
    if found is None:
        raise Http404
    return render(request, "terms/one.html", {"terms": found, "roster": roster()})


@login_required
@require_POST
@limited(Limit.ANSWER)
def answer(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Accept, counter or refuse."""
    actor, form = actor_in(request), AnswerForm(request.POST)
    if not form.is_valid():
        return refuse(request, "answer_missing", DEALING, dealing_id)
    wanted = form.cleaned_data

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        outcome = Outcome(wanted["outcome"])
        counter = wanted["counter"] if outcome == Outcome.COUNTERED else ""
        actions.answer_terms(actor, dealing, outcome, counter=counter, stage=wanted["stage"])
        return dealing_id

    write_once(request, do)
    code = agreed_or_signing(actor, dealing_id, wanted["stage"], f"done_terms_{wanted['outcome']}")
    return done(request, code, DEALING, dealing_id)


def agreed_or_signing(actor: Actor, dealing_id: str, stage: Stage, code: str) -> str:
    """What to say: that both have signed would not be true while a device has still to."""
    ceremony = ceremony_of(dealing_of(actor, dealing_id), stage)
    return "done_signing" if ceremony is not None and ceremony.state == "signing" else code


@login_required
@require_POST
@limited(Limit.ANSWER)
def answer_counter(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Accept or refuse a counter."""
    actor, form = actor_in(request), CounterAnswerForm(request.POST)
    if not form.is_valid():
        return refuse(request, "answer_missing", DEALING, dealing_id)

    def do() -> str:
        accepts = form.cleaned_data["accepts"] == "yes"
        actions.answer_counter(actor, dealing_of(actor, dealing_id), accepts=accepts, stage=form.cleaned_data["stage"])
        return dealing_id

    write_once(request, do)
    code = agreed_or_signing(
        actor, dealing_id, form.cleaned_data["stage"], f"done_counter_{form.cleaned_data['accepts']}"
    )
    return done(request, code, DEALING, dealing_id)


@login_required
@require_POST
def disclose(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Let the vendor know the ticked details."""
    actor, fields = actor_in(request), request.POST.getlist("field")
    until = DayForm(request.POST)
    if not fields or not until.is_valid():
        return refuse(request, "nothing_ticked" if not fields else "day_wrong", DEALING, dealing_id)

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        for field in fields[:10]:
            actions.disclose(actor, dealing, field, until=until.cleaned_data["until"])
        return dealing_id

    write_once(request, do)
    return done(request, "done_disclosed", DEALING, dealing_id)


@login_required
@require_POST
def revoke(request: HttpRequest, dealing_id: str, disclosure_id: str) -> HttpResponse:
    """Take a detail back."""
    actor = actor_in(request)

    def do() -> str:
        actions.revoke(actor, dealing_of(actor, dealing_id), disclosure_id)
        return disclosure_id

    write_once(request, do)
    return done(request, "done_revoked", DEALING, dealing_id)


@login_required
@require_POST
def revoke_all(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Take everything back that one seller still knows."""
    actor = actor_in(request)

    def do() -> str:
        actions.revoke_all(actor, dealing_of(actor, dealing_id))
        return dealing_id

    write_once(request, do)
    return done(request, "done_all_revoked", DEALING, dealing_id)


@login_required
@require_http_methods(["GET", "POST"])
def revoke_agreement(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Take everything back that was agreed on a dealing; first what that means."""
    actor = actor_in(request)
    if request.method == "GET":
        found = dealing_of(actor, dealing_id)
        agreements = standing_agreements(found)
        if side_of(actor, found) != Side.ASKER or not agreements or not actor.may(Act.DISCLOSE):
            raise NotFoundError
        standing = [one for one in disclosures_of(found) if one.stands_on(timezone.localdate())]
        terms = [json.loads(one.data)["body"]["terms"]["id"] for one in agreements]
        is_won = Record.objects.filter(dealing=found, kind="offer", lapse__isnull=True).exists()
        context = {"dealing": found, "terms": terms, "standing": standing, "is_won": is_won}
        return render(request, "terms/revoke.html", context)

    def do() -> str:
        actions.revoke_agreement(actor, dealing_of(actor, dealing_id))
        return dealing_id

    write_once(request, do)
    return done(request, "done_agreement_revoked", DEALING, dealing_id)


@login_required
@require_GET
def disclosures(request: HttpRequest) -> HttpResponse:
    """What I let others know, whom, and since when."""
    return render(request, "terms/disclosures.html", {"disclosures": disclosures_by(actor_in(request).party_id)})
