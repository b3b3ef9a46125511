"""Pages of one's own intents: the box, the draft with its chips, exactly what sellers see, publish."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.intents.read import read
from evenhand.words.reading import Reading
from evenhand.words.tokens import words_of
from evenhand_server.intents import actions
from evenhand_server.intents.chips import answer_to, chips_of, held_back_of, language_note, pieces_of, questions_of
from evenhand_server.intents.forms import ChoicesForm, SentenceForm, WishForm, default_choices, initial_of
from evenhand_server.intents.models import Draft
from evenhand_server.intents.queries import (
    draft_of,
    drafts_of,
    has_confirmed_mailbox,
    intent_of,
    intents_of,
    with_words,
)
from evenhand_server.intents.wanted import Wanted, wanted
from evenhand_server.people.middleware import actor_in
from evenhand_server.people.models import Person
from evenhand_server.people.pages import done, refuse, write_once
from evenhand_server.people.queries import own_words
from evenhand_server.people.terms import terms_to_choose
from evenhand_server.words.sources import sources

DRAFTS = "drafts"
SAID_BY_DEFAULT = "en-us"
"""What browsers send all over the world when nobody chose a language: it tells no country."""
MOST_DRAFTS_OF_A_BROWSER = 20


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The one box, and what happens next."""
    return render(request, "home.html", {"form": SentenceForm()})


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Take a sentence and show what was understood."""
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return render(request, "home.html", {"form": form}, status=422)
    draft = actions.begin_draft(form.cleaned_data["text"], person=person_in(request), country=country_in(request))
    request.session[DRAFTS] = [*request.session.get(DRAFTS, []), draft.public_id][-MOST_DRAFTS_OF_A_BROWSER:]
    return redirect("intents:draft", draft.public_id)


@require_http_methods(["GET", "POST"])
def edit_draft(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The sentence with its chips, the questions left, and everything to correct and choose."""
    draft = draft_in(request, draft_id)
    reading = reading_of(draft, request)
    if request.method == "GET":
        return render(request, "intents/draft.html", draft_context(request, draft, reading))
    wish_form, choices_form = WishForm(request.POST), choices_form_for(request, request.POST)
    if not (wish_form.is_valid() and choices_form.is_valid()):
        context = draft_context(request, draft, reading, wish_form, choices_form)
        return render(request, "intents/draft.html", context, status=422)
    actions.change_draft(draft, corrections=typed(request, wish_form), choices=typed(request, choices_form))
    return redirect("intents:preview" if "preview" in request.POST else "intents:draft", draft_id)


@require_POST
def reword(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Say it in other words."""
    draft, form = draft_in(request, draft_id), SentenceForm(request.POST)
    if not form.is_valid():
        return refuse(request, "sentence_empty", "intents:draft", draft_id)
    actions.reword_draft(draft, form.cleaned_data["text"])
    return redirect("intents:draft", draft_id)


@require_POST
def answer_doubt(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Answer one question by one of its choices."""
    draft = draft_in(request, draft_id)
    reading = reading_of(draft, request)
    field, choice = request.POST.get("field", ""), request.POST.get("choice", "")
    data = corrections_of(draft, reading)
    if field in WishForm.base_fields:
        data |= answer_to(field, choice)
    form = WishForm(data)
    if form.is_valid():
        actions.change_draft(draft, corrections=data, choices=draft.choices)
    return redirect("intents:draft", draft_id)


@require_GET
def preview(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Exactly what sellers see, before and after they accept the terms."""
    draft = draft_in(request, draft_id)
    ready = ready_of(request, draft)
    if ready is None:
        return refuse(request, "draft_incomplete", "intents:draft", draft_id)
    what, choices = ready
    mailbox = request.user.is_authenticated and has_confirmed_mailbox(request.user)
    context = {
        "draft": draft,
        "wanted": what,
        "choices": choices,
        "held_back": held_back_of(reading_of(draft, request)),
        "has_mailbox": mailbox,
        "category_path": sources().tree.path(what.wish.category),
    }
    return render(request, "intents/preview.html", context)


@login_required
@require_POST
def publish(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Announce it. Sent twice, it is announced once."""
    actor = actor_in(request)

    def do() -> str:
        draft = draft_in(request, draft_id)
        ready = ready_of(request, draft)
        if ready is None:
            return ""
        what, form = ready
        choices = form.choices(actor.person.time_zone)
        return actions.publish_intent(actor, what, choices, draft=draft).public_id

    made = write_once(request, do).made
    if not made:
        return refuse(request, "draft_incomplete", "intents:draft", draft_id)
    return done(request, "done_published", "offers:intent", made)


@require_POST
def discard(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Throw a draft away."""
    actions.discard_draft(draft_in(request, draft_id))
    return done(request, "done_discarded", "intents:list" if request.user.is_authenticated else "home")


@login_required
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """One's intents and drafts."""
    actor = actor_in(request)
    context = {
        "intents": with_words(intents_of(actor)[:100]),
        "drafts": drafts_of(actor.person)[:20],
        "now": timezone.now(),
    }
    return render(request, "intents/list.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, intent_id: str) -> HttpResponse:
    """End an intent."""
    actor = actor_in(request)

    def do() -> str:
        actions.withdraw_intent(actor, intent_of(actor, intent_id))
        return intent_id

    write_once(request, do)
    return done(request, "done_withdrawn", "offers:intent", intent_id)


def person_in(request: HttpRequest) -> Person | None:
    """Who is signed in, if anybody."""
    return request.user if isinstance(request.user, Person) else None


def country_in(request: HttpRequest) -> str:
    """The country to read by: the person's, else that of their browser's first language, else this server's."""
    person = person_in(request)
    if person is not None and person.country:
        return person.country
    first = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
    region = first.partition("-")[2].upper()
    is_said = len(region) == 2 and region.isalpha() and first.lower() != SAID_BY_DEFAULT
    return region if is_said else settings.ENVIRONMENT.country


def draft_in(request: HttpRequest, draft_id: str) -> Draft:
    """The draft; one that was begun before signing in becomes the person's own."""
    person = person_in(request)
    draft = draft_of(draft_id, person=person, known=request.session.get(DRAFTS, []))
    if person is not None and draft.person_id is None:
        actions.claim_draft(draft, person)
    return draft


def reading_of(draft: Draft, request: HttpRequest) -> Reading:
    """What the reader makes of a draft's sentence."""
    own = own_words(actor_in(request)) if request.user.is_authenticated else ()
    now = timezone.localtime()
    return read(draft.sentence, now=now, country=draft.country, language="", sources=sources(), own=own)


def corrections_of(draft: Draft, reading: Reading) -> dict[str, Any]:
    """The form's values: as corrected, else as read."""
    return dict(draft.corrections) or initial_of(reading.wishes[0], draft.country)


def draft_context(
    request: HttpRequest,
    draft: Draft,
    reading: Reading,
    wish_form: WishForm | None = None,
    choices_form: ChoicesForm | None = None,
) -> dict[str, Any]:
    """What the draft page shows."""
    values = corrections_of(draft, reading)
    chips = chips_of(reading.wishes[0])
    answered = {name for name, value in draft.corrections.items() if value}
    return {
        "draft": draft,
        "reading": reading,
        "chips": chips,
        "pieces": pieces_of(reading, chips),
        "questions": questions_of(reading, answered),
        "held_back": held_back_of(reading),
        "more_wishes": reading.wishes[1:],
        "language_note": language_note(reading),
        "wish_form": wish_form or WishForm(initial=values),
        "choices_form": choices_form or choices_form_for(request, initial=draft.choices),
        "sentence_form": SentenceForm(initial={"text": draft.sentence}),
        "tree": sources().tree,
    }


def choices_form_for(request: HttpRequest, data: Any = None, initial: dict[str, Any] | None = None) -> ChoicesForm:
    """The form of choices with the terms that this party may proffer."""
    actor = actor_in(request) if request.user.is_authenticated else None
    terms = terms_to_choose("intent", actor)
    defaults = default_choices(terms[0].id)
    named = [(one.id, one.title) for one in terms]
    return ChoicesForm(data, terms=named, initial={**defaults, **(initial or {})})


def ready_of(request: HttpRequest, draft: Draft) -> tuple[Wanted, ChoicesForm] | None:
    """What would be published and how, or nothing while something is missing."""
    reading = reading_of(draft, request)
    wish_form = WishForm(corrections_of(draft, reading))
    defaults = choices_form_for(request, initial=draft.choices).initial
    choices_form = choices_form_for(request, defaults)
    if not (wish_form.is_valid() and choices_form.is_valid() and wish_form.cleaned_data["category"]):
        return None
    own = own_words(actor_in(request)) if request.user.is_authenticated else ()
    wish = wish_form.wish(frozenset(words_of(draft.sentence)))
    return wanted(reading, wish, own_words=own, budget_shown=choices_form.cleaned_data["budget_shown"]), choices_form


def typed(request: HttpRequest, form: Any) -> dict[str, Any]:
    """What was typed into a form's fields, as it was typed."""
    multiple = {name for name, field in form.fields.items() if hasattr(field.widget, "allow_multiple_selected")}
    multiple = {name for name in multiple if form.fields[name].widget.allow_multiple_selected}
    return {
        name: request.POST.getlist(name) if name in multiple else request.POST.get(name, "") for name in form.fields
    }
