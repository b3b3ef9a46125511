"""Work that is wanted, told from things: faults, named trades, what the writers do themselves, spans of days."""

from datetime import datetime

import pytest

from evenhand.intents.read import read
from evenhand.words.sources import Sources


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The tap in the kitchen drips all night", "plumber"),
        ("My record player hums. I want a new turntable, belt drive", "turntables_record_players"),
        ("Architect wanted for a loft conversion", "architect"),
        ("I need one thing: a structural engineer to look at a retaining wall", "engineering"),
        ("A small bench lathe, I can collect it", "lathes"),
        ("I breed alpacas and sell yarn. I want a plain site with a booking page", "web_design"),
        ("Something for a bad back, a lumbar cushion", "supports_braces"),
        ("cordless drill w/ 2 batteries", "drills"),
        ("mini digger for 2 days", "equipment_hire"),
        ("six internal doors hung", "carpenter_joiner"),
        ("sofa steam cleaned, Leeds", "cleaning"),
        ("a sofa delivered to Leeds", "sofas"),
        ("a van, fully fitted", "cars_trucks_vans"),
        ("the kettle gave up. Want a quiet one, glass if possible", "electric_kettles"),
        ("someone for our sash windows, two are stuck", "windows_glazing"),
    ],
)
def test_what_is_wanted_is_told_from_what_is_only_said(
    text: str, category: str, sources: Sources, now: datetime
) -> None:
    found = read(text, now=now, country="GB", sources=sources).wishes[0].category
    assert found is not None
    assert found.value == category


def test_a_french_oven_is_no_number(sources: Sources, now: datetime) -> None:
    found = read("Je cherche 4 chaises", now=now, country="FR", sources=sources).wishes[0].category
    assert found is not None
    assert found.value == "chairs"
