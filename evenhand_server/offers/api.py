"""Programs about answers: dealings of an intent, the vendor's inbox, questions, offers, and how they compare."""

from django.http import FileResponse
from django.utils import timezone
from ninja import Query, Router

from evenhand.offers.offer import Offer
from evenhand_server.dealings.models import Message
from evenhand_server.dealings.queries import dealing_of, dealings_of_intent, dealings_of_vendor, messages_of
from evenhand_server.intents.queries import intent_of, newest_wish
from evenhand_server.limits.doors import limited
from evenhand_server.limits.rates import Limit
from evenhand_server.offers import actions
from evenhand_server.offers.comparison import comparison_for
from evenhand_server.offers.forms import OfferForm
from evenhand_server.offers.handed_out import handed_out
from evenhand_server.offers.models import Acceptance
from evenhand_server.offers.queries import attachment_on, offers_for, standing_offer
from evenhand_server.offers.rows import AskersRow, InboxRow, askers_rows, inbox_rows
from evenhand_server.offers.schemas import (
    AcceptanceAsked,
    AcceptanceShown,
    ComparisonShown,
    HearerAsked,
    MessageAsked,
    MessageShown,
    OfferAsked,
    OfferShown,
    QuestionShown,
    names_in_offer,
)
from evenhand_server.people.programs import ProgramRequest, write_once
from evenhand_server.programs.fields import Id
from evenhand_server.programs.paging import Page, Paging, page_of, part_of
from evenhand_server.programs.problems import refuse_form
from evenhand_server.storage.errors import NotFoundError

router = Router(tags=["Dealings"])
BYTES = {
    "responses": {200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}}
}


@router.get(
    "/intents/{intent_id}/dealings", response=Page[AskersRow], operation_id="list_dealings", summary="Who heard of it"
)
def list_dealings(request: ProgramRequest, intent_id: Id, paging: Query[Paging]) -> Page[AskersRow]:
    """In the order in which the vendors were found."""
    rows = dealings_of_intent(intent_of(request.auth, intent_id))
    return page_of(rows, paging, askers_rows, oldest_first=True)


@router.post(
    "/intents/{intent_id}/dealings",
    response={201: AskersRow},
    operation_id="let_hear",
    summary="Let a vendor hear of it who was found by words alone",
)
@limited(Limit.PUBLISH)
def let_hear(request: ProgramRequest, intent_id: Id, asked: HearerAsked) -> AskersRow:
    """Or one that fits, beyond the number that you chose. One who has heard already is left in peace."""
    actor = request.auth

    def do() -> str:
        return actions.let_hear(actor, intent_of(actor, intent_id), asked.match).public_id

    return askers_rows([dealing_of(actor, write_once(request, do, asked))])[0]


@router.get(
    "/intents/{intent_id}/offers",
    response=Page[OfferShown],
    operation_id="list_offers",
    summary="The offers made to you",
)
def list_offers(request: ProgramRequest, intent_id: Id, paging: Query[Paging]) -> Page[OfferShown]:
    """As they stand, in the order in which they first came."""
    found = offers_for(intent_of(request.auth, intent_id))
    return part_of(found, paging, lambda part: [OfferShown.of(one) for one in part])


@router.get(
    "/intents/{intent_id}/comparison",
    response=ComparisonShown,
    operation_id="compare_offers",
    summary="The offers side by side, by what counts",
)
def compare_offers(request: ProgramRequest, intent_id: Id) -> ComparisonShown:
    """Only those that can be accepted now. There is no total that would hide the reasons."""
    intent = intent_of(request.auth, intent_id)
    standing = [one for one in offers_for(intent) if one.is_acceptable(timezone.now()) and one.value is not None]
    return ComparisonShown.of(comparison_for(newest_wish(intent), standing, timezone.localdate()))


@router.get("/inbox", response=Page[InboxRow], operation_id="list_inbox", summary="As vendor: what others want of you")
def list_inbox(request: ProgramRequest, paging: Query[Paging]) -> Page[InboxRow]:
    """Teasers only, the newest first. Who it is stays held back."""
    return page_of(dealings_of_vendor(request.auth), paging, inbox_rows)


@router.get(
    "/dealings/{dealing_id}/messages",
    response=Page[QuestionShown],
    operation_id="list_messages",
    summary="The questions, each with its answer",
)
def list_messages(request: ProgramRequest, dealing_id: Id, paging: Query[Paging]) -> Page[QuestionShown]:
    """Oldest first."""
    rows = messages_of(dealing_of(request.auth, dealing_id))
    return page_of(rows, paging, lambda found: [QuestionShown.of(one) for one in found], oldest_first=True)


@router.post(
    "/dealings/{dealing_id}/messages",
    response={201: MessageShown},
    operation_id="send_message",
    summary="Ask, or answer a question",
)
@limited(Limit.ANSWER)
def send_message(request: ProgramRequest, dealing_id: Id, asked: MessageAsked) -> MessageShown:
    """Only once terms stand between the two."""
    actor = request.auth

    def do() -> str:
        dealing = dealing_of(actor, dealing_id)
        return actions.ask(actor, dealing, asked.text, answers=asked.answers or "").public_id

    made = write_once(request, do, asked)
    return MessageShown.of(Message.objects.select_related("text").get(public_id=made))


@router.get(
    "/dealings/{dealing_id}/offer", response=OfferShown, operation_id="show_offer", summary="The offer made here"
)
def show_offer(request: ProgramRequest, dealing_id: Id) -> OfferShown:
    """As it stands; 404 while there is none."""
    return offer_shown(request, dealing_id)


@router.get(
    "/dealings/{dealing_id}/files/{file_id}",
    operation_id="take_file",
    summary="A file that came with the offer",
    openapi_extra=BYTES,
)
def take_file(request: ProgramRequest, dealing_id: Id, file_id: Id) -> FileResponse:
    """As it was given, to save; whoever may see the offer may have it. Files that were erased are not there."""
    return handed_out(attachment_on(dealing_of(request.auth, dealing_id), file_id))


@router.post(
    "/dealings/{dealing_id}/offer",
    response={201: OfferShown},
    operation_id="make_offer",
    summary="As vendor: make an offer, or change it",
)
@limited(Limit.ANSWER)
def make_offer(request: ProgramRequest, dealing_id: Id, asked: OfferAsked) -> OfferShown:
    """A change is a new version: what the asker read before can't be accepted any more."""
    actor, value = request.auth, offer_asked(asked)

    def do() -> str:
        return actions.make_offer(actor, dealing_of(actor, dealing_id), value).offer.public_id

    write_once(request, do, asked)
    return offer_shown(request, dealing_id)


@router.post(
    "/dealings/{dealing_id}/offer/withdrawal",
    response={201: OfferShown},
    operation_id="withdraw_offer",
    summary="As vendor: take your offer back",
)
def withdraw_offer(request: ProgramRequest, dealing_id: Id) -> OfferShown:
    """As long as nobody has accepted it."""
    actor = request.auth

    def do() -> str:
        actions.withdraw_offer(actor, dealing_of(actor, dealing_id))
        return dealing_id

    write_once(request, do)
    return offer_shown(request, dealing_id)


@router.post(
    "/dealings/{dealing_id}/offer/acceptance",
    response={201: AcceptanceShown},
    operation_id="accept_offer",
    summary="As asker: say yes to an offer",
)
def accept_offer(request: ProgramRequest, dealing_id: Id, asked: AcceptanceAsked) -> AcceptanceShown:
    """Both sides sign, your intent ends, and the other vendors get a friendly no."""
    actor = request.auth

    def do() -> str:
        return actions.accept_offer(actor, dealing_of(actor, dealing_id), asked.version).record.digest

    made = write_once(request, do, asked)
    rows = Acceptance.objects.select_related("version__offer", "record")
    return AcceptanceShown.of(rows.get(record__digest=made))


def offer_asked(asked: OfferAsked) -> Offer:
    """The offer; the same form that pages use decides whether it will do."""
    form = OfferForm(asked.as_typed())
    if not form.is_valid():
        raise refuse_form(form, names=names_in_offer())
    return form.offer()


def offer_shown(request: ProgramRequest, dealing_id: str) -> OfferShown:
    """The offer as it stands."""
    standing = standing_offer(dealing_of(request.auth, dealing_id))
    if standing is None:
        raise NotFoundError
    return OfferShown.of(standing)
