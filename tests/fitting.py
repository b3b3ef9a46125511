"""Wishes and interests of every kind, edges included, for tests that hold an engine to the definition."""

from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from hypothesis import strategies as st

from evenhand.intents.wish import Wish
from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.matching.rates import Rates
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.tree import Tree

TREE = Tree.load(files("evenhand.words") / "data" / "categories.tsv")
TODAY = date(2026, 3, 1)
RATES = Rates({"GBP": Decimal("0.85"), "EUR": Decimal(1), "JPY": Decimal(160)})

NODES = ["cycling", "bicycles", "mountain_bikes", "road_bikes", "plumber", "services", "moon_dust"]
CENTRES = [(53.74, -0.33), (53.85, -0.43), (53.96, -1.08), (0.0, 180.0), (0.01, -179.99), (90.0, 0.0), (-89.99, 77.0)]
RADII = [0.0, 0.001, 1.0, 8.0, 25.0, 60.0, 500.0, 3000.0, 20015.0]

nodes = st.sampled_from(NODES)
words = st.frozensets(st.sampled_from(["hard", "trails", "tall", "new"]), max_size=2)
values = st.sampled_from(["fair_trade", "organic", "living_wage", "local"])
days = st.sampled_from([TODAY + timedelta(days=shift) for shift in (-1, 0, 400)])
languages = st.frozensets(st.sampled_from(["en", "de", "pl"]), max_size=2)
conditions = st.frozensets(st.sampled_from(["new", "used", "repair", "weird"]), max_size=2)
currencies = st.sampled_from(["GBP", "EUR", "JPY", "XXX", ""])
periods = st.sampled_from(["", "", "unit", "hour"])
prices = st.sampled_from([0, 0, 1, 40000, 50000, 50001, 2**61, 2**70])
terms = st.frozensets(st.sampled_from(["SD-BASE", "PDC-INTENT"]))
areas = st.builds(
    lambda centre, country, radius: Area("", country, *centre, radius),
    st.sampled_from(CENTRES),
    st.sampled_from(["GB", "DE", "", "Neverland"]),
    st.sampled_from(RADII),
)
interests = st.builds(
    Interest,
    categories=st.frozensets(nodes, max_size=3),
    area=areas,
    lowest=prices,
    highest=prices,
    currency=currencies,
    period=periods,
    smallest=st.sampled_from([0, 0, 2, 40, 10**12]),
    largest=st.sampled_from([0, 0, 40, 10**12]),
    conditions=conditions,
    values=st.lists(st.builds(EvidencedValue, values, st.just("Federation"), days), max_size=3).map(tuple),
    languages=languages,
    words_wanted=words,
    words_excluded=words,
    terms=terms,
)
wishes = st.builds(
    Wish,
    category=nodes,
    area=areas,
    budget=st.none() | st.builds(Budget, prices, prices, currencies, periods),
    quantity=st.none() | st.builds(Quantity, st.sampled_from([Decimal("2.5"), Decimal(40), Decimal(10**13)]), periods),
    conditions=conditions,
    values=st.frozensets(values, max_size=2),
    required_values=st.frozensets(values, max_size=1),
    languages=languages,
    words=st.frozensets(st.sampled_from(["hard", "trails", "tall", "new", "unheard"]), max_size=4),
)
