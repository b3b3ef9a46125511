"""Pages of blocks and reports, and the operator's queue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import dealing_of, side_of
from evenhand_server.intents.queries import teaser_of, veiled_of
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.messages import say
from evenhand_server.offers.queries import standing_offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, write_once
from evenhand_server.people.roles import Role
from evenhand_server.safety import actions
from evenhand_server.safety.forms import AppealForm, DecisionForm, ReportForm
from evenhand_server.safety.models import Report, Subject
from evenhand_server.safety.queries import (
    Thing,
    all_reports,
    any_report,
    blocks_of,
    decisions_of,
    has_blocked,
    is_waiting,
    may_appeal,
    name_of_other,
    report_of,
    reports_of,
    state_of,
    things_on,
    things_seen_by,
    waiting_reports,
)
from evenhand_server.words.sources import sources

SHOWN = 100


@login_required
@require_http_methods(["GET", "POST"])
def block(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Say once more what a block does, then do it."""
    actor = actor_in(request)
    dealing = dealing_of(actor, dealing_id)
    if request.method == "GET":
        return render(request, "safety/block.html", dealing_context(actor, dealing))

    def do() -> str:
        return actions.block(actor, dealing_of(actor, dealing_id)).public_id

    write_once(request, do)
    if actor.role == Role.GUEST:
        return done(request, "done_blocked_as_guest", "relationships:dealing", dealing_id)
    return done(request, "done_blocked", "safety:blocks")


@login_required
@require_GET
def blocks(request: HttpRequest) -> HttpResponse:
    """Whom the party blocked."""
    actor = actor_in(request)
    rows = [(row, name_of_other(actor.party_id, row.dealing)) for row in blocks_of(actor)]
    return render(request, "safety/blocks.html", {"rows": rows})


@login_required
@require_POST
def unblock(request: HttpRequest, block_id: str) -> HttpResponse:
    """Let them meet one again."""
    actor = actor_in(request)

    def do() -> str:
        actions.unblock(actor, block_id)
        return block_id

    write_once(request, do)
    return done(request, "done_unblocked", "safety:blocks")


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.REPORT)
def report(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Report something of the other side on a dealing."""
    actor = actor_in(request)
    dealing = dealing_of(actor, dealing_id)
    things = [(thing.value, told(thing)) for thing in things_on(actor, dealing)]
    form = ReportForm(request.POST or None, things=things)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, **dealing_context(actor, dealing)}
        return render(request, "safety/report.html", context, status=422 if form.errors else 200)

    def do() -> str:
        return actions.report(actor, dealing_of(actor, dealing_id), **form.cleaned_data).public_id

    made = write_once(request, do).made
    if actor.role == Role.GUEST:
        return done(request, "done_reported_as_guest", "relationships:dealing", dealing_id)
    return done(request, "done_reported", "safety:one", made)


@login_required
@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """What the party reported, and what was decided about it."""
    actor = actor_in(request)
    rows = [report_context(actor, row) for row in reports_of(actor)[:SHOWN]]
    return render(request, "safety/reports.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.REPORT)
def one(request: HttpRequest, report_id: str) -> HttpResponse:
    """One report with its decisions, and the one appeal."""
    actor = actor_in(request)
    found, form = report_of(actor, report_id), AppealForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, **report_context(actor, found)}
        return render(request, "safety/one.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.appeal(actor, report_of(actor, report_id), form.cleaned_data["words"])
        return report_id

    write_once(request, do)
    return done(request, "done_appealed", "safety:one", report_id)


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for the operators, and what they decided."""
    actor = actor_in(request)
    waiting = [(row, state_of(row)) for row in waiting_reports(actor)]
    known = {row.pk for row, _ in waiting}
    decided = [(row, state_of(row)) for row in all_reports(actor)[:SHOWN] if row.pk not in known]
    return render(request, "safety/queue.html", {"waiting": waiting, "decided": decided})


@login_required
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, report_id: str) -> HttpResponse:
    """Look at what was reported, and decide."""
    actor = actor_in(request)
    found, form = any_report(actor, report_id), DecisionForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        context = {"form": form, **evidence_context(found), "is_waiting": is_waiting(found)}
        return render(request, "safety/decide.html", context, status=422 if form.errors else 200)

    def do() -> str:
        actions.decide(actor, any_report(actor, report_id), **form.cleaned_data)
        return report_id

    write_once(request, do)
    return done(request, "done_decided", "safety:queue")


def told(thing: Thing) -> str:
    """What can be reported, as people read it."""
    name = say(f"subject_{thing.subject}")
    return f"{name}: “{thing.words[:60]}”" if thing.words else name


def dealing_context(actor: Actor, dealing: Dealing) -> dict[str, Any]:
    """A dealing as its side calls it."""
    return {
        "dealing": dealing,
        "side": side_of(actor, dealing).value,
        "other": name_of_other(actor.party_id, dealing),
        "is_blocked": has_blocked(actor, dealing),
    }


def report_context(actor: Actor, found: Report) -> dict[str, Any]:
    """A report as one of its sides sees it."""
    return {
        "report": found,
        "state": state_of(found),
        "is_mine": found.party_id == actor.party_id,
        "other": name_of_other(actor.party_id, found.dealing),
        "decisions": decisions_of(found),
        "may_appeal": may_appeal(actor.party_id, found, timezone.now()),
    }


def evidence_context(found: Report) -> dict[str, Any]:
    """A report as an operator sees it: what it is about, in the words of whom it is about."""
    dealing, teaser = found.dealing, teaser_of(found.dealing.wish)
    side = Side.VENDOR if found.party_id == dealing.vendor_id else Side.ASKER
    things = things_seen_by(side, dealing)
    return {
        "report": found,
        "state": state_of(found),
        "side": side.value,
        "thing": next((one for one in things if one.subject == found.subject and one.target == found.target), None),
        "sentence": veiled_of(dealing.wish).sentence if found.subject == Subject.REQUEST else "",
        "teaser": teaser,
        "category_path": sources().tree.path(teaser.category),
        "standing": standing_offer(dealing) if found.subject == Subject.OFFER else None,
        "decisions": decisions_of(found),
    }
