"""Pages of one dealing for both sides, of going on together, and the bundle to take home."""

import json
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import dealing_of, is_going, is_open, messages_of, side_of
from evenhand_server.intents.queries import teaser_of, veiled_of
from evenhand_server.offers.forms import MessageForm
from evenhand_server.offers.queries import is_won, standing_offer
from evenhand_server.people.actor import Actor
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.people.queries import details_of, organisation_of
from evenhand_server.people.roles import Act
from evenhand_server.people.terms import terms_to_choose
from evenhand_server.purpose.queries import evidence_of
from evenhand_server.relationships import actions
from evenhand_server.relationships.agreed import agreed_by
from evenhand_server.relationships.forms import GoOnForm
from evenhand_server.relationships.models import VendorChange
from evenhand_server.relationships.queries import (
    bundle_for,
    never_began,
    relationship_of,
    relationship_on,
    relationships_of,
    standing_disclosures,
)
from evenhand_server.terms.models import Stage
from evenhand_server.terms.queries import (
    Ceremony,
    awaited_for,
    ceremony_of,
    disclosures_of,
    has_agreed,
    last_record,
    records_of,
    revocation_on,
    standing_agreements,
)
from evenhand_server.terms.roster import counters_to, terms_called
from evenhand_server.words.sources import sources


@login_required
@require_GET
def dealing(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """One dealing as its side may see it."""
    actor = actor_in(request)
    found = dealing_of(actor, dealing_id)
    return render(request, "dealings/detail.html", dealing_context(actor, found))


@login_required
@require_POST
def go_on(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """The asker would like to go on after the deal."""
    actor = actor_in(request)
    dealing_of(actor, dealing_id)  # Whose it is not is told so before they are told what is wrong with their form.
    form = go_on_form(actor, request.POST)
    if not form.is_valid():
        return refuse(request, "answer_missing", "relationships:dealing", dealing_id)
    wanted = form.cleaned_data

    def do() -> str:
        found = dealing_of(actor, dealing_id)
        also = [name for name in wanted["also"] if name != wanted["terms"]]
        actions.wish_to_go_on(actor, found, terms=wanted["terms"], also=also, months=wanted["months"])
        return dealing_id

    write_once(request, do)
    return done(request, "done_go_on", "relationships:dealing", dealing_id)


@login_required
@require_GET
def agreements(request: HttpRequest) -> HttpResponse:
    """What I agreed, with whom, what they hold of me, and until when; what ends soon stands first."""
    found = agreed_by(actor_in(request))
    soon = sorted((one for one in found if one.next_end), key=lambda one: one.next_end or date.max)
    context = {"agreements": found, "soon": soon, "today": timezone.localdate()}
    return render(request, "relationships/agreements.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """A vendor tells that it has a new owner or new terms."""
    actor, kind = actor_in(request), request.POST.get("kind", "")
    if request.method == "GET" or kind not in VendorChange.Kind.values:
        told = VendorChange.objects.filter(party_id=actor.party_id).order_by("-id")
        context = {"told": told, "may": actor.may(Act.KEEP_KEYS), "is_missing": request.method == "POST"}
        return render(request, "relationships/changes.html", context, status=422 if context["is_missing"] else 200)
    write_once(request, lambda: actions.announce_change(actor, VendorChange.Kind(kind)).public_id)
    return done(request, "done_change_told", "relationships:changes")


@login_required
@require_GET
def bundle(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Everything this side holds of a dealing, as one file."""
    actor = actor_in(request)
    found = dealing_of(actor, dealing_id)
    response = HttpResponse(bundle_for(actor, found), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="evenhand-{found.public_id}.zip"'
    return response


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """With whom the party goes on, the next review first."""
    actor = actor_in(request)
    return render(request, "relationships/list.html", {"relationships": relationships_of(actor)})


@login_required
@require_GET
def one(request: HttpRequest, relationship_id: str) -> HttpResponse:
    """One relationship: its terms, its time box, how it will end, and its records."""
    actor = actor_in(request)
    found = relationship_of(actor, relationship_id)
    context = {
        "relationship": found,
        "body": json.loads(found.record.data)["body"],
        "side": side_of(actor, found.dealing).value,
        "revoked": revocation_on(found.dealing),
        "is_won": True,
        "records": records_of(found.dealing),
    }
    return render(request, "relationships/detail.html", context)


def go_on_form(actor: Actor, data: Any = None) -> GoOnForm:
    """The form with the terms that open a relationship, those the party prefers first."""
    terms = [(one.id, one.title) for one in terms_to_choose("relationship", actor)]
    return GoOnForm(data, terms=terms, initial={"terms": terms[0][0]})


def dealing_context(actor: Actor, found: Dealing) -> dict[str, Any]:
    """What the page of a dealing shows to the actor's side: before the terms are agreed, the teaser only."""
    now, side = timezone.now(), side_of(actor, found)
    ceremony, onward = ceremony_of(found), ceremony_of(found, Stage.RELATIONSHIP)
    agreed = has_agreed(found)
    teaser = teaser_of(found.wish)
    return {
        "dealing": found,
        "side": side.value,
        "is_asker_erased": found.wish.sentence.is_erased,
        "is_open": is_open(found, now),
        "is_going": is_going(found, now),
        "teaser": teaser,
        "category_path": sources().tree.path(teaser.category),
        "veiled": veiled_of(found.wish) if agreed or side == Side.ASKER else None,
        "agreed": agreed,
        "messages_between": messages_of(found),
        "message_form": MessageForm(),
        "standing": standing_offer(found),
        "is_won": is_won(found),
        "records": records_of(found),
        "disclosures": disclosures_of(found),
        "may_disclose": may_disclose(actor, found) if side == Side.ASKER and agreed else [],
        "revoked": revocation_on(found),
        "offer_waits": awaited_for(yes) if (yes := last_record(found, "offer")) is not None else None,
        "may_revoke_agreement": side == Side.ASKER and actor.may(Act.DISCLOSE) and bool(standing_agreements(found)),
        "may_revoke_all": side == Side.ASKER and len(standing_disclosures(found)) > 1,
        "vendor": organisation_of(found.vendor),
        "evidence": evidence_of(found.vendor_id),
        "relationship": relationship_on(found),
        "never_began": never_began(found),
        "go_on_form": go_on_form(actor) if side == Side.ASKER else None,
        "anew": put_anew(ceremony, onward, is_won=is_won(found)),
        **terms_context("ceremony", ceremony),
        **terms_context("onward", onward),
    }


def put_anew(ceremony: Ceremony | None, onward: Ceremony | None, *, is_won: bool) -> list[dict[str, Any]]:
    """The ceremonies that were begun again because the vendor changed, as far as they are not agreed.

    Where the intent is still open its own ceremony stands on the page anyway.
    """
    found = [one for one in (ceremony if is_won else None, onward) if one is not None and one.proffer.round > 1]
    return [
        {
            "ceremony": one,
            "stage": one.proffer.stage,
            "proffered": terms_called(one.proffer.terms),
            "stands": terms_called(one.terms),
            "counters": counters_to(one.proffer.terms),
        }
        for one in found
        if not one.is_agreed
    ]


def terms_context(name: str, ceremony: Ceremony | None) -> dict[str, Any]:
    """A ceremony with the texts of its terms and what could be named instead."""
    if ceremony is None:
        return {name: None}
    proffered = ceremony.proffer.terms
    return {
        name: ceremony,
        f"{name}_proffered": terms_called(proffered),
        f"{name}_stands": terms_called(ceremony.terms),
        f"{name}_counters": counters_to(proffered),
    }


def may_disclose(actor: Actor, found: Dealing) -> list[tuple[str, str]]:
    """The details that the asker has written down and this vendor does not know yet."""
    known = {one.field for one in disclosures_of(found) if one.stands_on(timezone.localdate())}
    return [(field, value) for field, value in details_of(actor.party_id).items() if field not in known]
