"""Budgets and prices in different currencies are compared by what the operator says money is worth."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from evenhand.intents.wish import Wish
from evenhand.interests.interest import Interest
from evenhand.matching.rates import NO_RATES
from evenhand.measures import Budget
from evenhand_server.interests import actions as interests
from evenhand_server.matching.asking import Question
from evenhand_server.matching.money import rates_here, read_money
from evenhand_server.matching.queries import find_interests, in_database
from evenhand_server.people.actor import Actor
from evenhand_server.workers.replica import Replica
from tests.fitting import TODAY
from tests.market import HULL, person

WISH = Wish("mountain_bikes", HULL, budget=Budget(0, 500_00, "GBP"))
EURO_BIKES = Interest(frozenset({"mountain_bikes"}), HULL, lowest=600_00, highest=900_00, currency="EUR")


@pytest.mark.django_db
@pytest.mark.parametrize(("rates", "total"), [("", 1), ("GBP=0.86, EUR=1", 0), ("GBP=0.5, EUR=1", 1)])
def test_prices_are_compared_where_money_is_known_and_else_never_exclude(
    rates: str, total: int, tmp_path: Path, rosa: Actor, settings: Any
) -> None:
    settings.EXCHANGE_RATES = rates
    interests.stand_ready(person("seller"), "Bikes", EURO_BIKES)
    question = Question(WISH, TODAY, "PDC-INTENT")
    found = in_database(question, 50)
    assert found.total == total
    assert Replica.open(tmp_path / "interests.segment").find(question, 50, rates_here()) == found
    assert [hit.fit.score for hit in find_interests(question, top=50).best] == [one.score for one in found.best]


def test_no_rates_are_no_rates() -> None:
    assert read_money(" ") is NO_RATES


@pytest.mark.parametrize("text", ["GBP", "GBP=0", "gbp=1", "GBP=1, GBP=2", "GBP=-1", "GBP=1e3", "GBP=1; EUR=1"])
def test_a_mistake_is_told_with_how_to_write_it(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Write EUR=1"):
        read_money(text)
