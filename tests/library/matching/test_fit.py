"""What fits and what does not, told by Rosa, who asks, and Hull Cycles, who answers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.matching.fit import NEUTRAL, fit, nearest_miss
from evenhand.matching.match import Match, Reason
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.tree import Tree

TREE = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
TODAY = date(2026, 3, 1)

HULL = Area("Hull", "GB", 53.7446, -0.3353, 10.0)
BEVERLEY = Area("Beverley", "GB", 53.8451, -0.4271, 10.0)  # About 13 km from Hull.
YORK = Area("York", "GB", 53.9576, -1.0827, 10.0)  # About 55 km from Hull.
GREAT_BRITAIN = Area("United Kingdom", "GB")

ROSA = Wish(
    category="mountain_bikes",
    area=HULL,
    budget=Budget(0, 50000, "GBP"),
    values=frozenset({"fair_trade"}),
    words=frozenset({"mountain", "bike", "hard", "trails", "tall"}),
)
FAIR_TRADE = EvidencedValue("fair_trade", "Fair Trade Federation", date(2027, 6, 30))
HULL_CYCLES = Interest(
    categories=frozenset({"bicycles"}),
    area=replace(HULL, radius_km=25.0),
    lowest=20000,
    highest=120000,
    currency="GBP",
    values=(FAIR_TRADE,),
    terms=frozenset({"SD-BASE", "PDC-INTENT"}),
)


def fit_today(wish: Wish, interest: Interest, experience: float = NEUTRAL, rates: Rates = NO_RATES) -> Match | None:
    return fit(wish, interest, tree=TREE, on=TODAY, proffered="SD-BASE", experience=experience, rates=rates)


def codes(match: Match | None) -> list[str]:
    assert match is not None
    return [reason.code for reason in match.reasons]


def score(wish: Wish, interest: Interest, experience: float = NEUTRAL) -> float:
    match = fit_today(wish, interest, experience)
    assert match is not None
    return match.score


def test_hull_cycles_hears_of_rosa_and_why() -> None:
    match = fit_today(ROSA, HULL_CYCLES)
    assert match is not None
    assert match.accepts_terms
    assert match.reasons == (
        Reason("category_wider", {"category": "bicycles"}),
        Reason("near", {"under_km": "5"}),
        Reason("partly_within_budget"),
        Reason(
            "value_evidenced",
            {"value": "fair_trade", "issuer": "Fair Trade Federation", "valid_until": "2027-06-30"},
        ),
        Reason("accepts_terms", {"terms": "SD-BASE"}),
    )


def test_the_score_weighs_values_nearness_budget_and_experience() -> None:
    assert score(ROSA, HULL_CYCLES) == pytest.approx(0.35 * 1 + 0.25 * 1 + 0.20 * 0.6 + 0.20 * 0.5)


# What is wanted


def test_a_seller_of_bicycles_answers_a_wish_for_a_mountain_bike() -> None:
    assert fit_today(ROSA, HULL_CYCLES)


def test_a_seller_of_mountain_bikes_answers_a_wish_for_bicycles_as_a_part_of_it() -> None:
    match = fit_today(
        replace(ROSA, category="bicycles"), replace(HULL_CYCLES, categories=frozenset({"mountain_bikes"}))
    )
    assert codes(match)[0] == "category_narrower"


def test_a_wish_as_broad_as_a_root_says_too_little_for_sellers_of_a_part() -> None:
    [*_, root] = TREE.ancestors("mountain_bikes")
    assert fit_today(replace(ROSA, category=root), HULL_CYCLES) is None
    assert fit_today(replace(ROSA, category=root), replace(HULL_CYCLES, categories=frozenset({root})))


def test_a_seller_of_road_bikes_does_not_hear_of_a_wish_for_a_mountain_bike() -> None:
    assert fit_today(ROSA, replace(HULL_CYCLES, categories=frozenset({"road_bikes"}))) is None


def test_the_closest_category_is_the_reason() -> None:
    nodes = frozenset(TREE.ancestors("mountain_bikes"))
    wider = fit_today(ROSA, replace(HULL_CYCLES, categories=nodes - {"mountain_bikes"}))
    same = fit_today(ROSA, replace(HULL_CYCLES, categories=nodes))
    assert wider
    assert wider.reasons[0] == Reason("category_wider", {"category": "bicycles"})
    assert same
    assert same.reasons[0] == Reason("category_same", {"category": "mountain_bikes"})


def test_what_is_not_in_the_tree_answers_nothing() -> None:
    assert fit_today(replace(ROSA, category="moon_dust"), HULL_CYCLES) is None
    assert fit_today(ROSA, replace(HULL_CYCLES, categories=frozenset({"moon_dust"}))) is None


def test_nobody_browses_people_by_an_interest_in_everything() -> None:
    assert fit_today(ROSA, Interest()) is None


def test_an_interest_in_words_alone_finds_who_says_them_whatever_the_category() -> None:
    trails = Interest(words_wanted=frozenset({"hard", "trails"}))
    assert codes(fit_today(replace(ROSA, category=""), trails))[0] == "words_wanted"
    assert fit_today(replace(ROSA, words=frozenset({"hard"})), trails) is None


def test_excluded_words_exclude() -> None:
    assert fit_today(ROSA, replace(HULL_CYCLES, words_excluded=frozenset({"tall"}))) is None
    assert fit_today(ROSA, replace(HULL_CYCLES, words_excluded=frozenset({"electric"})))


# Where


def test_either_may_come_to_the_other() -> None:
    small = replace(HULL_CYCLES, area=replace(BEVERLEY, radius_km=5.0))
    assert fit_today(ROSA, small) is None
    assert fit_today(replace(ROSA, area=replace(HULL, radius_km=25.0)), small)
    assert fit_today(ROSA, replace(small, area=replace(BEVERLEY, radius_km=25.0)))


def test_nearer_is_better_and_half_at_twenty_five_km() -> None:
    wide = replace(ROSA, area=replace(HULL, radius_km=100.0))
    near, further = (score(wide, replace(HULL_CYCLES, area=area)) for area in (BEVERLEY, YORK))
    assert score(wide, HULL_CYCLES) > near > further


def test_distance_is_told_in_bands() -> None:
    wide = replace(ROSA, area=replace(HULL, radius_km=2000.0))
    near = fit_today(wide, replace(HULL_CYCLES, area=BEVERLEY))
    far = fit_today(wide, replace(HULL_CYCLES, area=Area("Rome", "IT", 41.9, 12.5, 10.0)))
    assert near
    assert near.reasons[1] == Reason("near", {"under_km": "25"})
    assert far
    assert far.reasons[1] == Reason("far", {"over_km": "500"})


def test_a_country_meets_what_lies_in_it() -> None:
    nationwide = replace(HULL_CYCLES, area=GREAT_BRITAIN)
    assert codes(fit_today(ROSA, nationwide))[1] == "same_country"
    assert codes(fit_today(replace(ROSA, area=GREAT_BRITAIN), HULL_CYCLES))[1] == "same_country"
    assert fit_today(ROSA, replace(HULL_CYCLES, area=Area("Germany", "DE"))) is None
    assert score(ROSA, HULL_CYCLES) > score(ROSA, nationwide)


def test_who_names_no_place_meets_everybody() -> None:
    assert codes(fit_today(ROSA, replace(HULL_CYCLES, area=Area())))[1] == "anywhere"
    assert codes(fit_today(replace(ROSA, area=Area()), HULL_CYCLES))[1] == "anywhere"


# For how much


@pytest.mark.parametrize(
    ("least", "most", "lowest", "highest", "fits"),
    [
        (0, 50000, 50000, 0, True),
        (0, 50000, 50001, 0, False),
        (30000, 50000, 0, 30000, True),
        (30000, 50000, 0, 29999, False),
        (30000, 0, 0, 29999, False),
        (30000, 0, 40000, 0, True),
        (40000, 40000, 40000, 40000, True),
        (40000, 40000, 40001, 50000, False),
        (0, 2**70, 2**69, 2**71, True),
    ],
)
def test_budget_and_prices_must_overlap(least: int, most: int, lowest: int, highest: int, *, fits: bool) -> None:
    wish = replace(ROSA, budget=Budget(least, most, "GBP"))
    assert (fit_today(wish, replace(HULL_CYCLES, lowest=lowest, highest=highest)) is not None) == fits


def test_prices_upside_down_give_no_minus_points() -> None:
    assert score(ROSA, replace(HULL_CYCLES, lowest=40000, highest=10000)) >= score(
        ROSA, replace(HULL_CYCLES, lowest=50000, highest=50000)
    )


def test_prices_wholly_within_the_budget_are_told_so() -> None:
    assert "within_budget" in codes(fit_today(ROSA, replace(HULL_CYCLES, highest=50000)))


@pytest.mark.parametrize(
    ("wish", "interest"),
    [
        (replace(ROSA, budget=None), HULL_CYCLES),
        (ROSA, replace(HULL_CYCLES, lowest=0, highest=0)),
        (replace(ROSA, budget=Budget(0, 10, "EUR")), HULL_CYCLES),
        (replace(ROSA, budget=Budget(0, 10, "GBP", "hour")), HULL_CYCLES),
    ],
)
def test_what_is_unsaid_or_can_not_be_compared_counts_half(wish: Wish, interest: Interest) -> None:
    assert score(wish, interest) == pytest.approx(0.35 + 0.25 + 0.20 * 0.5 + 0.20 * 0.5)


def test_money_of_another_currency_is_compared_where_the_rate_is_known() -> None:
    rates = Rates({"GBP": Decimal("0.8"), "EUR": Decimal(1), "JPY": Decimal(160)})
    in_euros = replace(HULL_CYCLES, lowest=62500, currency="EUR")  # 500.00 GBP
    assert fit_today(ROSA, in_euros, rates=rates)
    assert fit_today(ROSA, replace(in_euros, lowest=62501), rates=rates) is None
    assert fit_today(ROSA, replace(in_euros, lowest=100000, currency="JPY"), rates=rates)
    assert fit_today(ROSA, replace(in_euros, lowest=100001, currency="JPY"), rates=rates) is None
    assert codes(fit_today(ROSA, replace(in_euros, lowest=62501)))[2] == "price_not_compared"
    assert codes(fit_today(ROSA, replace(in_euros, lowest=1, currency="XXX"), rates=rates))[2] == "price_not_compared"


def test_a_budget_for_forty_is_read_both_ways() -> None:
    forty = replace(ROSA, quantity=Quantity(Decimal(40)))
    for_all = replace(forty, budget=Budget(1000000, 1200000, "GBP"))
    for_each = replace(forty, budget=Budget(25000, 30000, "GBP", "unit"))
    one_price = replace(HULL_CYCLES, lowest=28000, highest=28000)
    whole_price = replace(HULL_CYCLES, lowest=1150000, highest=1150000)
    for wish in (for_all, for_each):
        assert fit_today(wish, one_price)
        assert fit_today(wish, whole_price)
        assert fit_today(wish, replace(one_price, lowest=1300000, highest=0)) is None


def test_prices_by_the_hour_are_compared_with_budgets_by_the_hour() -> None:
    hourly = replace(ROSA, budget=Budget(0, 2000, "GBP", "hour"))
    assert fit_today(hourly, replace(HULL_CYCLES, lowest=1500, period="hour"))
    assert fit_today(hourly, replace(HULL_CYCLES, lowest=2500, period="hour")) is None


# With which values


def test_a_required_value_needs_evidence_that_is_valid_on_the_day() -> None:
    strict = replace(ROSA, required_values=frozenset({"fair_trade"}))
    assert fit_today(strict, HULL_CYCLES)
    assert fit_today(strict, replace(HULL_CYCLES, values=(replace(FAIR_TRADE, valid_until=TODAY),)))
    assert fit_today(strict, replace(HULL_CYCLES, values=(replace(FAIR_TRADE, valid_until=date(2026, 2, 28)),))) is None
    assert fit_today(strict, replace(HULL_CYCLES, values=())) is None


def test_a_wanted_value_lifts_who_has_it() -> None:
    assert score(ROSA, HULL_CYCLES) > score(ROSA, replace(HULL_CYCLES, values=()))


def test_the_evidence_that_lasts_longest_is_told() -> None:
    older = replace(FAIR_TRADE, issuer="Somebody", valid_until=date(2026, 9, 1))
    match = fit_today(ROSA, replace(HULL_CYCLES, values=(FAIR_TRADE, older)))
    assert match
    [told] = [reason for reason in match.reasons if reason.code == "value_evidenced"]
    assert told.data["issuer"] == "Fair Trade Federation"


# The rest


@pytest.mark.parametrize(
    ("wished", "offered", "fits"),
    [
        ({"used"}, {"used", "refurbished"}, True),
        ({"used"}, {"new"}, False),
        ({"used"}, set(), True),
        (set(), {"new"}, True),
        (set(), {"repair"}, False),
        (set(), {"hire"}, False),
        ({"repair"}, {"repair"}, True),
    ],
)
def test_hire_and_repair_are_asked_for_by_name(wished: set[str], offered: set[str], *, fits: bool) -> None:
    wish = replace(ROSA, conditions=frozenset(wished))
    assert (fit_today(wish, replace(HULL_CYCLES, conditions=frozenset(offered))) is not None) == fits


def test_a_plumber_for_repairs_hears_of_everybody_who_looks_for_a_plumber() -> None:
    assert "plumber" in TREE
    plumber = replace(HULL_CYCLES, categories=frozenset({"plumber"}), conditions=frozenset({"repair"}))
    assert fit_today(replace(ROSA, category="plumber"), plumber)


def test_one_language_in_common_is_enough() -> None:
    wish = replace(ROSA, languages=frozenset({"pl", "en"}))
    assert "language" in codes(fit_today(wish, replace(HULL_CYCLES, languages=frozenset({"en", "de"}))))
    assert fit_today(wish, replace(HULL_CYCLES, languages=frozenset({"de"}))) is None


@pytest.mark.parametrize(
    ("quantity", "smallest", "largest", "fits"),
    [
        (None, 0, 0, True),
        (None, 2, 0, False),
        (Quantity(Decimal(40)), 10, 40, True),
        (Quantity(Decimal(40)), 41, 0, False),
        (Quantity(Decimal(40)), 0, 39, False),
        (Quantity(Decimal("2.5")), 2, 3, True),
        (Quantity(Decimal("2.5")), 3, 3, False),
        (Quantity(Decimal("2.5")), 2, 2, False),
        (Quantity(Decimal(40), "kg"), 100, 200, True),
    ],
)
def test_pieces_are_compared_and_who_names_none_wants_one(
    quantity: Quantity | None, smallest: int, largest: int, *, fits: bool
) -> None:
    wish = replace(ROSA, quantity=quantity)
    assert (fit_today(wish, replace(HULL_CYCLES, smallest=smallest, largest=largest)) is not None) == fits


def test_terms_label_and_never_exclude() -> None:
    match = fit_today(ROSA, replace(HULL_CYCLES, terms=frozenset()))
    assert match
    assert not match.accepts_terms
    assert match.reasons[-1] == Reason("may_counter", {"terms": "SD-BASE"})


def test_without_proffered_terms_nothing_is_said_of_them() -> None:
    match = fit(ROSA, HULL_CYCLES, tree=TREE, on=TODAY)
    assert match
    assert not match.accepts_terms
    assert "may_counter" not in codes(match)


@given(st.sampled_from((HULL, BEVERLEY, YORK, GREAT_BRITAIN, Area())), st.integers(0, 60000), st.floats(0, 1))
def test_a_score_stays_between_nothing_and_one(area: Area, most: int, experience: float) -> None:
    match = fit_today(replace(ROSA, area=area, budget=Budget(0, most, "GBP")), HULL_CYCLES, experience)
    assert match is None or 0 <= match.score <= 1


# The nearest miss


def test_rosa_is_told_what_one_change_would_bring() -> None:
    required = frozenset({"fair_trade", "living_wage"})
    used_only = replace(ROSA, conditions=frozenset({"used"}), required_values=required, values=frozenset())
    both = (FAIR_TRADE, replace(FAIR_TRADE, value="living_wage"))
    all_but_place = replace(HULL_CYCLES, area=replace(YORK, radius_km=5.0), values=both)
    all_but_price = replace(HULL_CYCLES, lowest=70000, values=both)
    all_but_living_wage = HULL_CYCLES
    all_but_values = replace(HULL_CYCLES, values=())
    all_but_condition = replace(HULL_CYCLES, conditions=frozenset({"new"}), values=both)
    interests = [all_but_place, all_but_price, all_but_living_wage, all_but_values, all_but_condition]
    misses = nearest_miss(used_only, interests, tree=TREE, on=TODAY)
    assert [(miss.relaxation.code, dict(miss.relaxation.data), miss.gained) for miss in misses] == [
        ("wider", {"radius_km": "100"}, 1),
        ("dearer", {"most": "75000", "currency": "GBP", "percent": "50"}, 1),
        ("dearer", {"most": "100000", "currency": "GBP", "percent": "100"}, 1),
        ("without_evidence", {"value": "living_wage"}, 1),
        ("without_any_evidence", {}, 2),
        ("any_condition", {}, 1),
    ]


def test_what_matches_already_is_no_miss() -> None:
    assert nearest_miss(ROSA, [HULL_CYCLES], tree=TREE, on=TODAY) == ()


def test_a_radius_that_is_wide_already_is_not_narrowed() -> None:
    wide = replace(ROSA, area=replace(HULL, radius_km=30.0))
    misses = nearest_miss(wide, [replace(HULL_CYCLES, area=replace(YORK, radius_km=5.0))], tree=TREE, on=TODAY)
    assert [dict(miss.relaxation.data) for miss in misses] == [{"radius_km": "100"}]


def test_a_wish_that_names_no_limits_has_none_to_loosen() -> None:
    open_wish = Wish(category="mountain_bikes", budget=Budget(100, 0, "GBP"))
    assert nearest_miss(open_wish, [replace(HULL_CYCLES, highest=50)], tree=TREE, on=TODAY) == ()
