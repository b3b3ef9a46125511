"""Pages before publishing: exactly what sellers would see, and roughly how many would hear."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from evenhand_server.intents.chips import held_back_of
from evenhand_server.intents.forms import ChoicesForm, WishForm
from evenhand_server.intents.queries import has_confirmed_mailbox
from evenhand_server.intents.views import choices_form_for, corrections_of, draft_in, reading_of, ready_as, ready_of
from evenhand_server.intents.wanted import Wanted
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.limits.subjects import subject_of
from evenhand_server.market.errors import NotTradedError
from evenhand_server.market.traded import untraded
from evenhand_server.matching.actions import look_ahead
from evenhand_server.matching.queries import question_of_draft
from evenhand_server.matching.reach import Reach
from evenhand_server.messages import say
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import refuse
from evenhand_server.words.sources import sources


@require_GET
def preview(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Exactly what sellers see, before and after they accept the terms; and how many would hear."""
    draft = draft_in(request, draft_id)
    ready = ready_of(request, draft)
    if ready is None:
        return refuse(request, "draft_incomplete", "intents:draft", draft_id)
    what, choices = ready
    reading = reading_of(draft, request)
    context = {
        "draft": draft,
        "wanted": what,
        "choices": choices,
        "held_back": held_back_of(reading),
        "said_km": float(corrections_of(draft, reading)["radius_km"] or 0),
        "refusal": refusal_of(what),
        "has_mailbox": request.user.is_authenticated and has_confirmed_mailbox(request.user),
        "category_path": sources().tree.path(what.wish.category),
        "reach": reach_in(request, what, choices),
        "limit": choices.cleaned_data["seller_limit"],
    }
    return render(request, "intents/preview.html", context)


@require_POST
@limited(Limit.READ)
def sellers(request: HttpRequest, draft_id: str) -> HttpResponse:
    """How many would hear of the draft as the form stands, as a piece of a page; nothing is kept."""
    reading = reading_of(draft_in(request, draft_id), request)
    ready = ready_as(request, reading, WishForm(request.POST), choices_form_for(request, request.POST))
    if ready is None:
        return HttpResponse()
    what, choices = ready
    context = {"reach": reach_in(request, what, choices), "limit": choices.cleaned_data["seller_limit"]}
    return render(request, "intents/_reach.html", context)


def reach_in(request: HttpRequest, what: Wanted, choices: ChoicesForm) -> Reach | None:
    """How many would hear, unless whoever asks did so too often of late."""
    question = question_of_draft(
        what,
        timezone.localdate(),
        budget_shown=choices.cleaned_data["budget_shown"],
        terms=choices.cleaned_data["terms"],
        party_id=actor_in(request).party_id if request.user.is_authenticated else None,
    )
    return look_ahead(question, subject_of(request))


def refusal_of(what: Wanted) -> str:
    """Why this cannot be asked for here, before somebody tries; empty where it can."""
    found = untraded([what.wish.category], what.sentence)
    return say(NotTradedError.code, {"what": found}) if found else ""
