"""Pages of answers: an intent with what came of it, the comparison, the vendor's inbox, and offers."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from evenhand.matching.roughly import roughly
from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import (
    dealing_of,
    dealings_of_intent,
    dealings_of_vendor,
    is_open,
    open_questions,
    side_of,
)
from evenhand_server.directory.queries import known_near
from evenhand_server.intents.queries import intent_of, newest_wish, teaser_of, wish_value
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.matching.models import Match
from evenhand_server.matching.queries import matches_of, matching_of
from evenhand_server.messages import say
from evenhand_server.offers import actions
from evenhand_server.offers.comparison import comparison_for
from evenhand_server.offers.errors import OfferChangedError
from evenhand_server.offers.forms import MessageForm, OfferForm, initial_of
from evenhand_server.offers.handed_out import handed_out
from evenhand_server.offers.queries import (
    acceptance_of,
    attachment_on,
    offer_counts,
    offers_for,
    standing_offer,
    won_among,
)
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.records.uploads import MOST_BYTES, Checked, FileRefusedError, check_upload
from evenhand_server.terms.queries import ceremonies_of, has_agreed, is_awaited
from evenhand_server.words.plainer import hints_in
from evenhand_server.words.sources import sources

DEALING = "relationships:dealing"
CHECK = "check"
"""The button that asks for plainer words instead of sending."""


@login_required
@require_GET
def intent(request: HttpRequest, intent_id: str) -> HttpResponse:
    """One intent: who may answer and why, what came of it, and if nobody fits what would help."""
    actor, now = actor_in(request), timezone.now()
    found = intent_of(actor, intent_id)
    wish = newest_wish(found)
    dealings = list(dealings_of_intent(found))
    matching = matching_of(wish.pk)
    context = {
        "intent": found,
        "is_open": found.is_open(now),
        "wish": wish,
        "wish_value": wish_value(wish),
        "matching": matching,
        "known": [] if dealings else known_near(wish_value(wish)),
        "more_fit": roughly(matching.total - len(dealings)) if matching else None,
        "mentions": mentions_of(wish.pk, dealings),
        "rows": rows_of(dealings),
        "offers": offers_for(found),
        "acceptance": acceptance_of(found),
        "category_path": sources().tree.path(wish.category),
    }
    return render(request, "intents/detail.html", context)


@login_required
@require_GET
def compare(request: HttpRequest, intent_id: str) -> HttpResponse:
    """The offers side by side, by what counts."""
    found = intent_of(actor_in(request), intent_id)
    standing = [one for one in offers_for(found) if one.is_acceptable(timezone.now()) and one.value is not None]
    context = {
        "intent": found,
        "is_open": found.is_open(timezone.now()),
        "offers": standing,
        "comparison": comparison_for(newest_wish(found), standing, timezone.localdate()),
    }
    return render(request, "intents/compare.html", context)


@login_required
@require_POST
@limited(Limit.PUBLISH)
def let_hear(request: HttpRequest, intent_id: str) -> HttpResponse:
    """Let a seller hear who was found by words alone."""
    actor = actor_in(request)

    def do() -> str:
        return actions.let_hear(actor, intent_of(actor, intent_id), request.POST.get("match", "")).public_id

    write_once(request, do)
    return done(request, "done_let_hear", "offers:intent", intent_id)


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What others want that this party stands ready to answer: teasers only."""
    dealings = list(dealings_of_vendor(actor_in(request))[:200])
    return render(request, "inbox/list.html", {"rows": rows_of(dealings), "now": timezone.now()})


@login_required
@require_POST
@limited(Limit.READ)
def show_plainer_words(request: HttpRequest) -> HttpResponse:
    """Plainer words for what somebody is writing, as a piece of a page; nothing is kept, and nothing is refused."""
    return render(request, "offers/_plainer.html", {"hints": hints_in(request.POST), "is_asked": CHECK in request.POST})


@login_required
@require_POST
@limited(Limit.ANSWER)
def ask(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Ask, or answer a question."""
    actor, form = actor_in(request), MessageForm(request.POST)
    if not form.is_valid():
        return refuse(request, "message_empty", DEALING, dealing_id)
    if CHECK in request.POST:
        context = {"form": form, "dealing": dealing_of(actor, dealing_id), "hints": hints_in(request.POST)}
        return render(request, "offers/words.html", context)

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        words, answers = form.cleaned_data["text"], form.cleaned_data["answers"]
        return actions.ask(actor, dealing, words, answers=answers).public_id

    write_once(request, do)
    return done(request, "done_message", DEALING, dealing_id)


@login_required
@require_http_methods(["GET", "POST"])
@limited(Limit.ANSWER)
def offer(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Make an offer, or change it."""
    actor = actor_in(request)
    dealing = dealing_of(actor, dealing_id)
    if side_of(actor, dealing) != Side.VENDOR:
        raise Http404
    if not (is_open(dealing, timezone.now()) and has_agreed(dealing)):
        return redirect(DEALING, dealing_id)
    standing = standing_offer(dealing)
    initial = (
        initial_of(standing.value) if standing is not None and standing.value is not None else first_values(dealing)
    )
    form = OfferForm(request.POST or None, initial=initial)
    uploads = uploads_in(request, form) if request.method == "POST" else []
    if request.method == "GET" or CHECK in request.POST or not form.is_valid():
        context = {"form": form, "dealing": dealing, "standing": standing, "is_asked": CHECK in request.POST}
        context["hints"] = hints_in(request.POST)
        return render(request, "offers/form.html", context, status=422 if form.errors else 200)

    def do() -> str:
        version = actions.make_offer(
            actor, dealing, form.offer(), uploads=uploads, taken_off=request.POST.getlist("taken_off")
        )
        return version.offer.public_id

    write_once(request, do)
    return done(request, "done_offer", DEALING, dealing_id)


@login_required
@require_POST
def withdraw(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Take the offer back."""
    actor = actor_in(request)

    def do() -> str:
        actions.withdraw_offer(actor, dealing_of(actor, dealing_id))
        return dealing_id

    write_once(request, do)
    return done(request, "done_offer_withdrawn", DEALING, dealing_id)


@login_required
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, dealing_id: str) -> HttpResponse:
    """Read once more what is agreed to, then say yes."""
    actor = actor_in(request)
    dealing = dealing_of(actor, dealing_id)
    standing = standing_offer(dealing)
    if standing is None or side_of(actor, dealing) != Side.ASKER:
        raise Http404
    if request.method == "GET":
        context = {"dealing": dealing, "standing": standing, "is_open": is_open(dealing, timezone.now())}
        return render(request, "offers/accept.html", context)
    number = int(request.POST["version"]) if request.POST.get("version", "").isdecimal() else 0

    def do() -> str:
        return actions.accept_offer(actor, dealing, number).record.digest

    try:
        digest = write_once(request, do).made
    except OfferChangedError:
        return refuse(request, "offer_changed", "offers:accept", dealing_id)
    is_waiting = is_awaited(digest)
    return done(request, "done_signing" if is_waiting else "done_accepted", DEALING, dealing_id)


def mentions_of(wish_id: int, dealings: list[Dealing]) -> list[Match]:
    """The vendors found by words alone that have not heard yet."""
    heard = {dealing.vendor_id for dealing in dealings}
    return [one for one in matches_of(wish_id) if one.kind == Match.Kind.MENTION and one.vendor_id not in heard]


def first_values(dealing: Dealing) -> dict[str, Any]:
    """What an offer form starts with: the currency the asker thinks in."""
    budget = wish_value(dealing.wish).budget
    return {"currency": budget.currency if budget else "GBP"}


def rows_of(dealings: list[Dealing]) -> list[dict[str, Any]]:
    """Each dealing with its teaser, how its terms stand, and whether there is an offer."""
    numbers = [dealing.pk for dealing in dealings]
    ceremonies, totals, won, tree = ceremonies_of(numbers), offer_counts(numbers), won_among(numbers), sources().tree
    questions = open_questions(numbers)
    rows = []
    for dealing in dealings:
        teaser = teaser_of(dealing.wish)
        rows.append(
            {
                "dealing": dealing,
                "teaser": teaser,
                "category_path": tree.path(teaser.category),
                "ceremony": ceremonies.get(dealing.pk),
                "has_offer": dealing.pk in totals,
                "is_erased": dealing.wish.sentence.is_erased,
                "questions": questions.get(dealing.pk, 0),
                "is_won": dealing.pk in won,
                "decline": getattr(dealing, "decline", None),
                "reasons": dealing.match.reasons if dealing.match else [],
            }
        )
    return rows


def uploads_in(request: HttpRequest, form: OfferForm) -> list[Checked]:
    """The files that came with a form, each checked; what is refused stands beside the field, with the reason."""
    found = []
    for file in request.FILES.getlist("attachments")[: actions.MOST_ATTACHMENTS + 1]:
        try:
            found.append(check_upload(str(file.name), file.read(MOST_BYTES + 1)))
        except FileRefusedError as error:
            form.add_error("attachments", say(f"file_refused_{error.data['reason']}", error.data))
    return found


@login_required
@require_safe
def attachment(request: HttpRequest, dealing_id: str, file_id: str) -> FileResponse:
    """A file of an offer, to save and never to show here: whatever is in it runs nothing on this site."""
    return handed_out(attachment_on(dealing_of(actor_in(request), dealing_id), file_id))
