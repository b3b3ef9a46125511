"""Pages of one's own intents: the box, the draft with its chips, exactly what sellers see, publish."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from evenhand.intents.read import read
from evenhand.words.reading import Reading
from evenhand.words.tokens import words_of
from evenhand_server.intents import actions
from evenhand_server.intents.alternatives import answer_to
from evenhand_server.intents.forms import ChoicesForm, SentenceForm, WishForm, default_choices, initial_of
from evenhand_server.intents.models import Draft
from evenhand_server.intents.put_right import PutRight, put_right
from evenhand_server.intents.queries import (
    draft_of,
    drafts_of,
    intent_of,
    intents_of,
    with_words,
)
from evenhand_server.intents.understood import understood, wish_read
from evenhand_server.intents.wanted import Wanted, wanted
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
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
LONGEST_NUMBER = 4


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The one box, and what happens next."""
    return render(request, "home.html", {"form": SentenceForm()})


@require_POST
@limited(Limit.DRAFT)
def begin(request: HttpRequest) -> HttpResponse:
    """Take a sentence and show what was understood."""
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return render(request, "home.html", {"form": form}, status=422)
    draft_id = begun(request, form.cleaned_data["text"])
    remember(request, draft_id)
    return redirect("intents:draft", draft_id)


def begun(request: HttpRequest, sentence: str) -> str:
    """The id of the draft; who is signed in gets one for one click, as long as it is not published or thrown away."""
    person, country = person_in(request), country_in(request)

    def do() -> str:
        return actions.begin_draft(sentence, person=person, country=country).public_id

    if person is None:
        return do()
    made = write_once(request, do).made
    return made if drafts_of(person).filter(public_id=made).exists() else do()


@require_POST
@limited(Limit.READ)
def show_reading(request: HttpRequest) -> HttpResponse:
    """What would be understood of a sentence, as a piece of a page for while it is being typed; nothing is kept."""
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return render(request, "intents/_live.html", {"form": form})
    reading = read_words(request, form.cleaned_data["text"], country_in(request))
    return render(request, "intents/_live.html", {"form": form, **understood(reading)})


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
    return redirect("matching:preview" if "preview" in request.POST else "intents:draft", draft_id)


@require_POST
@limited(Limit.DRAFT)
def reword(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Say it in other words."""
    draft, form = draft_in(request, draft_id), SentenceForm(request.POST)
    if not form.is_valid():
        return refuse(request, "sentence_empty", "intents:draft", draft_id)
    actions.reword_draft(draft, form.cleaned_data["text"])
    return redirect("intents:draft", draft_id)


@require_POST
def answer_doubt(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Answer one question by one of its choices; what was typed on the page comes along and is kept."""
    draft = draft_in(request, draft_id)
    reading = reading_of(draft, request)
    field = request.POST.get("field") or request.GET.get("field", "")
    answer = answer_to(field, request.POST.get("choice", ""))
    if "category" not in request.POST:  # the answer alone, without the page's form
        data = corrections_of(draft, reading) | answer
        if WishForm(data).is_valid():
            actions.change_draft(draft, corrections=data, choices=draft.choices)
        return redirect("intents:draft", draft_id)
    data = typed(request, WishForm(request.POST)) | answer
    wish_form, choices_form = WishForm(data), choices_form_for(request, request.POST)
    if not (wish_form.is_valid() and choices_form.is_valid()):
        context = draft_context(request, draft, reading, wish_form, choices_form)
        return render(request, "intents/draft.html", context, status=422)
    actions.change_draft(draft, corrections=data, choices=typed(request, choices_form))
    return redirect("intents:draft", draft_id)


@require_POST
@limited(Limit.DRAFT)
def begin_another(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Begin a second request about another need of the same words."""
    draft = draft_in(request, draft_id)
    asked = request.POST.get("wish", "")
    number = int(asked) if asked.isdecimal() and len(asked) < LONGEST_NUMBER else 0
    if number >= len(reading_of(draft, request).wishes):
        raise Http404
    another = actions.begin_another(draft, number)
    remember(request, another.public_id)
    return redirect("intents:draft", another.public_id)


@login_required
@require_POST
@limited(Limit.PUBLISH)
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
        corrected = corrected_in(request, draft)
        return actions.publish_intent(actor, what, choices, draft=draft, put_right=corrected).public_id

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


def remember(request: HttpRequest, draft_id: str) -> None:
    """Let this browser find its draft again, also before anybody signs in."""
    request.session[DRAFTS] = [*request.session.get(DRAFTS, []), draft_id][-MOST_DRAFTS_OF_A_BROWSER:]


def draft_in(request: HttpRequest, draft_id: str) -> Draft:
    """The draft; one that was begun before signing in becomes the person's own."""
    person = person_in(request)
    draft = draft_of(draft_id, person=person, known=request.session.get(DRAFTS, []))
    if person is not None and draft.person_id is None:
        actions.claim_draft(draft, person)
    return draft


def reading_of(draft: Draft, request: HttpRequest) -> Reading:
    """What the reader makes of a draft's sentence."""
    return read_words(request, draft.sentence, draft.country)


def read_words(request: HttpRequest, words: str, country: str) -> Reading:
    """What the reader makes of words that the sender of this request wrote."""
    own = own_words(actor_in(request)) if request.user.is_authenticated else ()
    return read(words, now=timezone.localtime(), country=country, language="", sources=sources(), own=own)


def corrections_of(draft: Draft, reading: Reading) -> dict[str, Any]:
    """The form's values: as corrected, else as read."""
    return dict(draft.corrections) or initial_of(wish_read(reading, draft.wish_number), draft.country)


def corrected_in(request: HttpRequest, draft: Draft) -> tuple[PutRight, ...]:
    """What its writer put right of a draft's reading."""
    reading = reading_of(draft, request)
    form = WishForm(draft.corrections)
    if not draft.corrections or not form.is_valid():
        return ()
    return put_right(reading, wish_read(reading, draft.wish_number), form.wish())


def draft_context(
    request: HttpRequest,
    draft: Draft,
    reading: Reading,
    wish_form: WishForm | None = None,
    choices_form: ChoicesForm | None = None,
) -> dict[str, Any]:
    """What the draft page shows."""
    values = corrections_of(draft, reading)
    corrected = WishForm(draft.corrections) if draft.corrections else None
    wish = corrected.wish() if corrected and corrected.is_valid() else None
    answered = {name for name, value in draft.corrections.items() if value}
    return {
        **understood(reading, draft.wish_number, wish=wish, answered=answered),
        "draft": draft,
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
    defaults = choices_form_for(request, initial=draft.choices).initial
    wish_form, choices_form = WishForm(corrections_of(draft, reading)), choices_form_for(request, defaults)
    return ready_as(request, reading, wish_form, choices_form)


def ready_as(
    request: HttpRequest, reading: Reading, wish_form: WishForm, choices_form: ChoicesForm
) -> tuple[Wanted, ChoicesForm] | None:
    """What these forms would publish, or nothing while something is missing."""
    if not (wish_form.is_valid() and choices_form.is_valid() and wish_form.cleaned_data["category"]):
        return None
    own = own_words(actor_in(request)) if request.user.is_authenticated else ()
    wish = wish_form.wish(frozenset(words_of(reading.text)))
    return wanted(reading, wish, own_words=own, budget_shown=choices_form.cleaned_data["budget_shown"]), choices_form


def typed(request: HttpRequest, form: Any) -> dict[str, Any]:
    """What was typed into a form's fields, as it was typed."""
    multiple = {name for name, field in form.fields.items() if hasattr(field.widget, "allow_multiple_selected")}
    multiple = {name for name in multiple if form.fields[name].widget.allow_multiple_selected}
    return {
        name: request.POST.getlist(name) if name in multiple else request.POST.get(name, "") for name in form.fields
    }
