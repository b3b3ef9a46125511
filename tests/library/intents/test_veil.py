"""What vendors see of Rosa: the sentence without what identifies her, the place and the budget made coarse."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.budget import Visibility
from evenhand.intents.contact_details import MARK, contact_details
from evenhand.intents.teaser import Teaser, teaser
from evenhand.intents.teaser import as_record as teaser_record
from evenhand.intents.veil import Veiled, as_record, cut, spans_of, veil
from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget
from evenhand.words.reading import Found, HeldBack, Reading, ReadWish, Span

SENTENCE = "Mountain bike in Hull, 500 pounds to spend. Rosa Meier, rosa@example.org"
WISH = Wish(
    category="mountain_bikes",
    area=Area("Hull", "GB", 53.7446, -0.3353, 8.0),
    budget=Budget(0, 50000, "GBP"),
    needed_by=date(2026, 5, 1),
    values=frozenset({"fair_trade"}),
    must_haves=("call me on 07700 900123",),
    words=frozenset({"rosa", "meier"}),
)
READING = Reading(
    SENTENCE,
    wishes=(ReadWish(budget=Found(Budget(0, 50000, "GBP"), (Span(23, 33),))), ReadWish()),
    held_back=(HeldBack("name", Span(44, 54)),),
)


def veiled(visibility: Visibility) -> Veiled:
    held_back, budgets = spans_of(READING)
    return veil(WISH, SENTENCE, held_back=held_back, budget_spans=budgets, visibility=visibility)


def test_what_is_held_back_and_the_budget_are_cut_from_the_sentence() -> None:
    assert veiled(Visibility.BANDED).sentence == "Mountain bike in Hull, […] to spend. […], […]"


def test_a_shown_budget_stays_in_the_sentence() -> None:
    shown = veiled(Visibility.SHOWN)
    assert shown.sentence == "Mountain bike in Hull, 500 pounds to spend. […], […]"
    assert shown.wish.budget == WISH.budget


def test_a_hidden_budget_is_nowhere() -> None:
    hidden = json.dumps(as_record(veiled(Visibility.HIDDEN)))
    assert "500" not in hidden
    assert "GBP" not in hidden


def test_the_place_is_the_town_and_a_band() -> None:
    assert veiled(Visibility.BANDED).wish.area == Area("Hull", "GB", 53.75, -0.35, 10.0)


def test_no_field_of_the_wish_tells_what_the_sentence_does_not() -> None:
    wish = veiled(Visibility.BANDED).wish
    assert wish.must_haves == ("call me on […]",)
    assert wish.words == frozenset()


def test_the_accounts_own_words_are_cut_wherever_they_stand() -> None:
    own = ("Rosa  Meier", "12 Park Street", "…", "")
    text = "I'm rosa\nmeier, of 12 Park Street; Rosamund is my aunt"
    assert veil(WISH, text, own_words=own).sentence == "I'm […], of […]; Rosamund is my aunt"


@pytest.mark.parametrize(
    "detail",
    [
        "rosa@example.org",
        "rosa.meier+bikes@mail.example.co.uk",
        "rosa (at) example (dot) org",
        "rosa at example dot org",
        "rosa \uff20 example.org",
        "@rosa_bikes",
        "https://example.org/rosa?x=1",
        "www.example.org",
        "Example.Org",
        "example.org/rosa",
        "wa.me/447700900123",
        "07700 900123",
        "+44 (0)7700-900-123",
        "0044.7700.900.123",
        "tel:07700900123x",
        "0\ufe0f\u20e37\ufe0f\u20e37\ufe0f\u20e30\ufe0f\u20e30\ufe0f\u20e39\ufe0f\u20e30\ufe0f\u20e3",
        "oh seven seven double zero nine zero zero one two three",
        "HU5 2NH",
        "ec1a1bb",
        "K1A 0B1",
        "D02 X285",
        "1012 AB",
        "PLZ 10115",
        "90210-1234",
    ],
)
def test_contact_details_never_survive_even_if_the_reader_missed_them(detail: str) -> None:
    assert cut(f"Looking for a bike, {detail}, thank you") == "Looking for a bike, […], thank you"


@pytest.mark.parametrize(
    "harmless",
    [
        "Looking for a bike before 2026-05-01 or 1/6/2026, 29 inch, 500-1000 pounds",
        "40 laptops, model 2019-2022, budget 12k, e.g. a ThinkPad; p.s. I'm tall",
        "We meet at the shop at 10:30. 2 @ 150 each",
        "hotel: 5 nights",
        "a box of 2500 MM by 1200",
    ],
)
def test_what_is_no_contact_detail_stays(harmless: str) -> None:
    assert cut(harmless) == harmless


def test_what_stands_together_after_a_cut_is_looked_at_again() -> None:
    assert "900123" not in cut("07700 rosa@example.org 900123")


@given(st.text(max_size=60), st.sampled_from(["rosa@example.org", "07700 900123", "https://example.org"]), st.text())
def test_nothing_that_looks_like_a_contact_is_left(before: str, detail: str, after: str) -> None:
    left = cut(f"{before} {detail} {after}")
    assert not contact_details(left)
    assert "example.org" not in left
    assert "900123" not in left


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(0, 45), st.integers(0, 45))))
def test_no_span_survives(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(*pair) for pair in pairs]
    covered = {place for span in spans for place in range(span.start, span.end)}
    rest = "".join(letter for place, letter in enumerate(text) if place not in covered)
    assert len(cut(text, spans).replace(MARK, "")) <= len(rest)


# The teaser


def test_before_the_terms_a_vendor_sees_a_teaser_only() -> None:
    assert teaser(WISH) == Teaser(
        category="mountain_bikes",
        place="Hull",
        country="GB",
        within_km=10,
        needed_by=date(2026, 5, 1),
        values=frozenset({"fair_trade"}),
        budget=Budget(20000, 50000, "GBP"),
    )


def test_a_teaser_tells_a_shown_budget_as_a_band_and_a_hidden_one_not_at_all() -> None:
    assert teaser(WISH, visibility=Visibility.SHOWN).budget == Budget(20000, 50000, "GBP")
    assert teaser(WISH, visibility=Visibility.HIDDEN).budget is None


def test_a_teaser_is_a_plain_record() -> None:
    assert json.loads(json.dumps(teaser_record(teaser(WISH)))) == {
        "format": 1,
        "category": "mountain_bikes",
        "place": "Hull",
        "country": "GB",
        "within_km": 10,
        "needed_by": "2026-05-01",
        "values": ["fair_trade"],
        "budget": {"least": 20000, "most": 50000, "currency": "GBP", "period": ""},
    }
    assert teaser_record(teaser(Wish()))["budget"] is None
