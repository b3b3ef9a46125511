"""The draft page makes the most of a reading: chips while typing, other readings one tap away, a second need."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.reading import Doubt, Found, HeldBack, Reading, ReadWish, Span
from evenhand_server.intents import actions
from evenhand_server.intents.alternatives import alternatives_of, answer_to
from evenhand_server.intents.forms import WishForm
from evenhand_server.intents.meant import meant
from evenhand_server.intents.models import Draft
from evenhand_server.intents.models import Wish as WishRow
from evenhand_server.intents.understood import doubts_of, other_needs, understood, wish_read
from evenhand_server.people.actor import Actor
from evenhand_server.words.fields import category_called, category_words
from evenhand_server.words.sources import place_called, sources

LIVE = "/intents/readings"
SOUTH_WALES = Area("Newport", "GB", 51.58774, -2.99835, 15.0)
ISLE_OF_WIGHT = Area("Newport", "GB", 50.70146, -1.29124, 15.0)
RHODE_ISLAND = Area("Newport", "US", 41.4901, -71.31283, 15.0)
TWO_NEEDS = Reading(
    "A bike and a tent",
    "en",
    (
        ReadWish(category=Found("bicycles", (Span(2, 6),))),
        ReadWish(category=Found("tents", (Span(13, 17),))),
        ReadWish(),
    ),
    doubts=(Doubt("place_missing", "place"),),
)


def typed(words: str, browser: Client | None = None) -> str:
    """What the page shows while somebody types."""
    answer = (browser or Client()).post(LIVE, {"text": words})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def draft(db: None) -> Draft:
    """A draft about Newport, of which there are several."""
    return actions.begin_draft("A mountain bike in Newport, 500 pounds", person=None, country="GB")


@pytest.fixture
def browser(draft: Draft) -> Client:
    """The browser that began the draft."""
    client = Client()
    session = client.session
    session["drafts"] = [draft.public_id]
    session.save()
    return client


@pytest.mark.django_db
def test_chips_fill_while_somebody_types_and_nothing_is_kept() -> None:
    html = typed("Looking for a mountain bike in Hull, 500 pounds")
    assert 'data-summary="3 things understood, 1 question left"' in html
    assert '<mark class="mark" data-field="place" data-marks="31-35">Hull</mark>' in html
    assert "Mountain Bikes" in html
    assert "Should it be new" in html
    assert "<form" not in html
    assert not Draft.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["", "   ", "\x00", "a"])
def test_too_few_words_show_nothing_yet(words: str) -> None:
    assert "chip" not in typed(words)


@pytest.mark.django_db
def test_too_many_words_are_told_while_typing() -> None:
    assert "at most 4000 characters" in typed("bike " * 900)


@pytest.mark.django_db
def test_what_somebody_types_is_shown_as_words_not_as_a_page() -> None:
    html = typed("A bike <script>alert(1)</script> in Leeds, rosa@example.org")
    assert "<script" not in html
    assert '<del class="held">rosa@example.org</del>' in html


@pytest.mark.django_db
def test_a_language_we_cannot_read_is_said_so() -> None:
    assert "did not recognise" in typed("自行车在上海")


@pytest.mark.django_db
def test_typing_needs_a_form_of_our_own() -> None:
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.post(LIVE, {"text": "A bike"}).status_code == 403
    assert Client().get(LIVE).status_code == 405


@pytest.mark.django_db
def test_both_boxes_ask_while_somebody_types(browser: Client, draft: Draft) -> None:
    for address in ("/", f"/intents/drafts/{draft.public_id}"):
        assert f'data-live="{LIVE}" hidden' in browser.get(address).content.decode()


def test_another_reading_is_one_tap_away(browser: Client, draft: Draft) -> None:
    page = f"/intents/drafts/{draft.public_id}"
    chip = next(one for one in browser.get(page).context["chips"] if one.field == "place")
    value, words = chip.alternatives[0]
    assert words.startswith("Newport, GB, ")
    assert "south-east" in words

    browser.post(f"{page}/answers", {"field": "place", "choice": value})
    again = browser.get(page)
    chip = next(one for one in again.context["chips"] if one.field == "place")
    assert chip.is_corrected
    assert "Newport, GB, " in chip.alternatives[0][1]
    form = WishForm(again.context["wish_form"].initial)
    assert form.is_valid()
    assert round(form.wish().area.lat, 1) == 50.7
    assert 'name="near" value="50.7' in again.content.decode()

    browser.post(f"{page}/answers", {"field": "place", "choice": chip.alternatives[0][0]})
    chip = next(one for one in browser.get(page).context["chips"] if one.field == "place")
    assert not chip.is_corrected


def form_of(browser: Client, page: str) -> dict[str, str | list[str]]:
    """What a browser sends when nothing was changed in the form to correct a reading."""
    context = browser.get(page).context
    fields = [field for form in (context["wish_form"], context["choices_form"]) for field in form]
    return {field.name: field.value() for field in fields if field.value() not in (None, "", [])}


def test_an_answer_keeps_what_was_typed_and_not_yet_updated(browser: Client, draft: Draft) -> None:
    page = f"/intents/drafts/{draft.public_id}"
    chip = next(one for one in browser.get(page).context["chips"] if one.field == "place")
    sent = form_of(browser, page) | {"quantity": "7", "must_haves": "mudguards", "choice": chip.alternatives[0][0]}
    answer = browser.post(f"{page}/answers?field=place", sent)
    assert answer.headers["Location"] == page
    chips = {one.field: one for one in browser.get(page).context["chips"]}
    assert chips["place"].is_corrected
    assert "7" in chips["quantity"].value
    assert "mudguards" in chips["must_haves"].value


def test_an_answer_beside_a_slip_shows_the_slip_and_loses_nothing(browser: Client, draft: Draft) -> None:
    page = f"/intents/drafts/{draft.public_id}"
    chip = next(one for one in browser.get(page).context["chips"] if one.field == "place")
    slip = form_of(browser, page) | {
        "budget_most": "lots",
        "must_haves": "mudguards",
        "choice": chip.alternatives[0][0],
    }
    answer = browser.post(f"{page}/answers?field=place", slip)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert answer.context["wish_form"].errors.keys() == {"budget_most"}
    assert 'value="lots"' in shown
    assert "mudguards</textarea>" in shown
    assert 'name="near" value="50.7' in shown
    assert f'action="{page}"' in shown


@pytest.mark.parametrize(
    ("field", "choice"),
    [
        ("budget", "lots"),
        ("budget", "1 2"),
        ("colour", "red"),
        ("needed_by", "soon"),
        ("place", "@"),
        ("category", "?"),
    ],
)
def test_a_choice_nobody_offered_changes_nothing(browser: Client, draft: Draft, field: str, choice: str) -> None:
    page = f"/intents/drafts/{draft.public_id}"
    before = [(chip.field, chip.value) for chip in browser.get(page).context["chips"]]
    browser.post(f"{page}/answers", {"field": field, "choice": choice})
    assert [(chip.field, chip.value) for chip in browser.get(page).context["chips"]] == before


@pytest.mark.parametrize(
    ("field", "value", "other", "words", "form"),
    [
        (
            "budget",
            Budget(0, 50_000, "GBP"),
            Budget(0, 500, "GBP", "month"),
            "up to £5 a month",
            {"budget_least": "", "budget_most": "5", "currency": "GBP", "period": "month"},
        ),
        (
            "budget",
            Budget(0, 50_000, "GBP"),
            Budget(50_000, 0, "GBP"),
            "from £500",
            {"budget_least": "500", "budget_most": "", "currency": "GBP", "period": ""},
        ),
        ("quantity", Quantity(Decimal(4)), Quantity(Decimal(40), "kg"), "40 kg", {"quantity": "40", "unit": "kg"}),
        ("quantity", Quantity(Decimal(4)), Quantity(Decimal(5)), "5", {"quantity": "5"}),
        (
            "needed_by",
            date(2026, 12, 1),
            date(2027, 1, 12),
            "Tuesday 12 January 2027",
            {"needed_by": "2027-01-12"},
        ),
        ("conditions", "new", "used", "Used", {"conditions": ["used"]}),
        (
            "category",
            "bicycles",
            "mountain_bikes",
            "Bicycles > Mountain Bikes",
            {"category": "Bicycles > Mountain Bikes"},
        ),
    ],
)
def test_a_button_says_one_value_and_the_form_gets_it(
    field: str, value: object, other: object, words: str, form: dict[str, str]
) -> None:
    ((sent, shown),) = alternatives_of(field, Found(value, alternatives=(other, value)))
    assert shown == words
    assert answer_to(field, sent) == form


def test_places_of_one_name_are_told_apart() -> None:
    oregon = replace(RHODE_ISLAND, lat=44.63679, lon=-124.05345)
    choices = alternatives_of("place", Found(SOUTH_WALES, alternatives=(ISLE_OF_WIGHT, RHODE_ISLAND, oregon)))
    assert [words for _, words in choices] == ["Newport, GB, 155 km to the south-east", "Newport, US"]
    assert answer_to("place", choices[0][0]) == {"place": "Newport", "country": "GB", "near": "50.70146,-1.29124"}
    assert alternatives_of("must_haves", Found("a bell", alternatives=("a horn",))) == ()


def test_a_place_chosen_on_the_map_is_meant_only_about_there() -> None:
    found = place_called("Newport", "GB", radius_km=15.0, near=ISLE_OF_WIGHT)
    assert found is not None
    assert round(found.lat, 1) == 50.7
    elsewhere = place_called("Leeds", "GB", radius_km=15.0, near=ISLE_OF_WIGHT)
    assert elsewhere is not None
    assert round(elsewhere.lat, 1) == 53.8


def test_every_kind_can_be_written_so_that_just_it_is_meant() -> None:
    assert [node for node in sources().tree if category_called(category_words(node)) != node] == []


def test_what_was_put_right_stands_in_its_chip_and_what_was_read_stays_at_hand() -> None:
    read = ReadWish(
        category=Found("bicycles", (Span(0, 4),), 0.6),
        place=Found(SOUTH_WALES, (Span(8, 15),), alternatives=(ISLE_OF_WIGHT,)),
        quantity=Found(Quantity(Decimal(2)), (Span(20, 21),)),
        condition=Found("new"),
        must_haves=(Found("a bell"),),
    )
    wish = Wish(
        "bicycles",
        ISLE_OF_WIGHT,
        needed_by=date(2027, 1, 1),
        conditions=frozenset({"used"}),
        must_haves=("a bell", "a horn"),
    )
    fields = [(one.field, one.found.value, one.is_corrected) for one in meant(read, wish)]
    assert fields == [
        ("category", "bicycles", False),
        ("place", ISLE_OF_WIGHT, True),
        ("needed_by", date(2027, 1, 1), True),
        ("conditions", "used", True),
        ("must_haves", "a bell", False),
        ("must_haves", "a horn", True),
    ]
    category, place = meant(read, wish)[:2]
    assert category.found.is_sure
    assert (place.found.spans, place.found.alternatives) == ((Span(8, 15),), (SOUTH_WALES,))


def test_a_kind_that_is_still_asked_for_keeps_its_chip() -> None:
    (one,) = meant(ReadWish(category=Found("bicycles", confidence=0.6)), Wish(area=Area(country="GB")))
    assert (one.field, one.found.is_sure, one.is_corrected) == ("category", False, False)


def test_each_need_has_its_own_chips_and_questions() -> None:
    first, second = understood(TWO_NEEDS, 0), understood(TWO_NEEDS, 1)
    assert [chip.value for chip in first["chips"]] == ["Cycling > Bicycles"]
    assert [piece.text for piece in second["pieces"] if piece.field] == ["tent"]
    assert doubts_of(TWO_NEEDS, 0) == TWO_NEEDS.doubts
    assert "place_missing" in {doubt.code for doubt in doubts_of(TWO_NEEDS, 1)}
    assert [(need.number, need.name) for need in other_needs(TWO_NEEDS.wishes, 1)] == [
        (0, "Cycling > Bicycles"),
        (2, "something else"),
    ]
    assert wish_read(TWO_NEEDS, 9) is TWO_NEEDS.wishes[2]


def test_a_second_draft_is_about_the_other_need(draft: Draft, browser: Client) -> None:
    another = actions.begin_another(draft, 1)
    assert (another.sentence, another.country, another.wish_number) == (draft.sentence, draft.country, 1)
    actions.reword_draft(another, "A tent")
    assert Draft.objects.get(pk=another.pk).wish_number == 0
    page = reverse("intents:another", args=[draft.public_id])
    assert browser.post(page, {"wish": "7"}).status_code == 404
    assert Client().post(page, {"wish": "0"}).status_code == 404
    assert browser.post(page, {"wish": "nonsense"}, follow=True).status_code == 200


def test_both_needs_of_one_sentence_are_published(rosa: Actor, rosas_browser: Client) -> None:
    begun = rosas_browser.post("/intents/drafts", {"text": "A cot and a pushchair in Leeds"})
    page = str(begun.headers["Location"])
    (need,) = rosas_browser.get(page).context["other_needs"]
    begun = rosas_browser.post(f"{page}/wishes", {"wish": need.number})
    second = str(begun.headers["Location"])
    assert "Ask for this too" in rosas_browser.get(second).content.decode()
    for number, address in enumerate((page, second)):
        rosas_browser.post(f"{address}/publication", {"idempotency_key": f"k{number}"})
    assert set(WishRow.objects.values_list("category", flat=True)) == {"cribs_toddler_beds", "baby_strollers"}


def test_words_that_are_held_back_lie_in_no_mark() -> None:
    reading = replace(TWO_NEEDS, held_back=(HeldBack("name", Span(0, 1)),))
    assert next(piece for piece in understood(reading)["pieces"]).field == "held_back"


def test_an_own_name_is_struck_out_while_typing(rosa: Actor, rosas_browser: Client) -> None:
    assert '<del class="held">Rosa</del>' in typed("A bike in Leeds please, Rosa", rosas_browser)
