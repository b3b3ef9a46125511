"""Programs about what somebody wants: reading, previewing, announcing, saying it better, withdrawing."""

from django.conf import settings
from django.utils import timezone
from ninja import Query, Router

from evenhand.intents.read import read
from evenhand.words.reading import Reading
from evenhand.words.tokens import words_of
from evenhand_server.intents import actions
from evenhand_server.intents.forms import ChoicesForm, WishForm, default_choices, initial_of
from evenhand_server.intents.models import Intent, Wish
from evenhand_server.intents.queries import intent_of, intents_of, newest_wish
from evenhand_server.intents.readings import PreviewShown, ReadingShown
from evenhand_server.intents.schemas import IntentAsked, IntentShown, PreviewAsked, WantedAsked, WishShown, WordsAsked
from evenhand_server.intents.wanted import Choices, Wanted, wanted
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.people.actor import Actor
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.people.queries import own_words
from evenhand_server.people.terms import terms_to_choose
from evenhand_server.programs.fields import Id
from evenhand_server.programs.openapi import KEEPS_NOTHING
from evenhand_server.programs.paging import Page, Paging, page_of
from evenhand_server.programs.problems import refuse_form
from evenhand_server.words.sources import sources

router = Router(tags=["Intents"])


@router.post(
    "/readings",
    response=ReadingShown,
    operation_id="read_words",
    summary="What is understood of a sentence",
    openapi_extra={KEEPS_NOTHING: True},
)
@limited(Limit.READ)
def read_words(request: ProgramRequest, asked: WordsAsked) -> ReadingShown:
    """Nothing is kept. What is not understood comes back as a question in “doubts”; words are never refused."""
    return ReadingShown.of(reading_of(request.auth, asked, own_words(request.auth)))


@router.post(
    "/previews",
    response=PreviewShown,
    operation_id="preview_intent",
    summary="Exactly what sellers would see",
    openapi_extra={KEEPS_NOTHING: True},
)
@limited(Limit.READ)
def preview_intent(request: ProgramRequest, asked: PreviewAsked) -> PreviewShown:
    """Before and after they accept your terms. Nothing is kept."""
    return PreviewShown.of(wanted_by(request.auth, asked, asked.budget_shown))


@router.get("/intents", response=Page[IntentShown], operation_id="list_intents", summary="Your intents")
def list_intents(request: ProgramRequest, paging: Query[Paging]) -> Page[IntentShown]:
    """The newest first."""
    return page_of(intents_of(request.auth), paging, intents_shown)


@router.post("/intents", response={201: IntentShown}, operation_id="publish_intent", summary="Announce what you want")
@limited(Limit.PUBLISH)
def publish_intent(request: ProgramRequest, asked: IntentAsked) -> IntentShown:
    """Sellers who fit will hear of it. Preview it first: that is exactly what they see."""
    actor = request.auth
    choices = choices_of(actor, asked)
    what = wanted_by(actor, asked, asked.budget_shown)
    made = write_once(request, lambda: actions.publish_intent(actor, what, choices).public_id, asked)
    return intent_shown(actor, made)


@router.get("/intents/{intent_id}", response=IntentShown, operation_id="show_intent", summary="One of your intents")
def show_intent(request: ProgramRequest, intent_id: Id) -> IntentShown:
    """As it stands now."""
    return intent_shown(request.auth, intent_id)


@router.get(
    "/intents/{intent_id}/wishes", response=Page[WishShown], operation_id="list_wishes", summary="All versions of it"
)
def list_wishes(request: ProgramRequest, intent_id: Id, paging: Query[Paging]) -> Page[WishShown]:
    """The newest first."""
    rows = intent_of(request.auth, intent_id).wishes.select_related("sentence")
    return page_of(rows, paging, lambda found: [WishShown.of(wish) for wish in found])


@router.post(
    "/intents/{intent_id}/wishes", response={201: WishShown}, operation_id="change_intent", summary="Say it better"
)
@limited(Limit.PUBLISH)
def change_intent(request: ProgramRequest, intent_id: Id, asked: WantedAsked) -> WishShown:
    """A new version, matched anew; what was agreed keeps citing the old one."""
    actor = request.auth
    intent = intent_of(actor, intent_id)
    what = wanted_by(actor, asked, intent.budget_shown)
    number = write_once(request, lambda: str(actions.change_intent(actor, intent, what).number), asked)
    return WishShown.of(intent.wishes.select_related("sentence").get(number=number))


@router.post(
    "/intents/{intent_id}/withdrawal",
    response={201: IntentShown},
    operation_id="withdraw_intent",
    summary="End an intent",
)
def withdraw_intent(request: ProgramRequest, intent_id: Id) -> IntentShown:
    """The sellers who heard of it get a friendly no."""
    actor = request.auth

    def do() -> str:
        actions.withdraw_intent(actor, intent_of(actor, intent_id))
        return intent_id

    return intent_shown(actor, write_once(request, do))


def reading_of(actor: Actor, asked: WordsAsked, own: tuple[str, ...]) -> Reading:
    """What the reader makes of the words; ``own`` are those that would identify the writer."""
    now = timezone.localtime()
    return read(asked.text, now=now, country=country_of(actor, asked), language="", sources=sources(), own=own)


def country_of(actor: Actor, asked: WordsAsked) -> str:
    """The country to read by."""
    return asked.country or actor.person.country or settings.ENVIRONMENT.country


def wanted_by(actor: Actor, asked: WantedAsked, budget_shown: str) -> Wanted:
    """The words and what they mean, as corrected; the same form that pages use decides whether it will do."""
    own = own_words(actor)
    reading = reading_of(actor, asked, own)
    form = WishForm(asked.corrections.corrected(initial_of(reading.wishes[0], country_of(actor, asked))))
    if not form.is_valid():
        raise refuse_form(form, "corrections")
    wish = form.wish(frozenset(words_of(asked.text)))
    return wanted(reading, wish, own_words=own, budget_shown=budget_shown)


def choices_of(actor: Actor, asked: IntentAsked) -> Choices:
    """How to publish it: as asked, else as the page would suggest."""
    terms = terms_to_choose("intent", actor)
    chosen = asked.model_dump(include={"seller_limit", "budget_shown"}) | {
        name: value for name in ("terms", "closes_on") if (value := getattr(asked, name))
    }
    form = ChoicesForm(default_choices(terms[0].id) | chosen, terms=[(one.id, one.title) for one in terms])
    if not form.is_valid():
        raise refuse_form(form)
    return form.choices(actor.person.time_zone)


def intent_shown(actor: Actor, intent_id: str) -> IntentShown:
    """One intent with its wish as it stands."""
    intent = intent_of(actor, intent_id)
    return IntentShown.of(intent, newest_wish(intent))


def intents_shown(intents: list[Intent]) -> list[IntentShown]:
    """These intents with their wishes as they stand, read at once."""
    rows = Wish.objects.filter(intent__in=intents).select_related("sentence").order_by("number")
    newest = {wish.intent_id: wish for wish in rows}
    return [IntentShown.of(intent, newest[intent.pk]) for intent in intents]
