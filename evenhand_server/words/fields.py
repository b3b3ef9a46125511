"""Form fields that turn what people write into what the library counts with: kinds, places, amounts, lines."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from evenhand.measures import Area
from evenhand_server.messages import read_money
from evenhand_server.words.sources import place_called, sources

DEFAULT_RADIUS_KM = 25
MOST_LINES = 20


def country_choices() -> list[tuple[str, Any]]:
    """All countries by name, and none of them."""
    return [("", _("No country named")), *countries]


class CountryField(forms.ChoiceField):
    """A country, chosen by its name; its two letters."""

    def __init__(self, **named: Any) -> None:
        super().__init__(**{"label": _("Country"), "choices": country_choices, "required": False, **named})


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> Any:
        """The lines that say something."""
        text: str = super().clean(value)
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))[:MOST_LINES]


class CategoryField(forms.CharField):
    """A kind of thing or service: its id, its name, or its path as the suggestions write it."""

    def clean(self, value: Any) -> str:
        """The id, or empty where nothing was written."""
        typed = str(super().clean(value)).strip()
        found = category_called(typed) if typed else ""
        if typed and not found:
            raise forms.ValidationError(_("We don't know this kind. Choose one of the suggestions."))
        return found


class CategoriesField(LinesField):
    """Several kinds, one a line."""

    def clean(self, value: Any) -> Any:
        """Their ids."""
        found = {typed: category_called(typed) for typed in super().clean(value)}
        unknown = [typed for typed, node in found.items() if not node]
        if unknown:
            raise forms.ValidationError(_("We don't know the kind “%(kind)s”."), params={"kind": unknown[0]})
        return tuple(dict.fromkeys(found.values()))


def category_called(typed: str) -> str:
    """The node id for an id, a name, or a path such as "Sporting Goods > Cycling"; empty for anything else."""
    if typed in sources().tree:
        return typed
    return categories_by_path().get(tuple(step.strip().casefold() for step in typed.split(">")), "")


def category_words(node: str) -> str:
    """A kind as people may write it so that just this one is meant: the end of its path, from two steps on."""
    path = sources().tree.path(node)
    ends = (" > ".join(path[start:]) for start in range(max(0, len(path) - 2), -1, -1))
    return next((end for end in ends if category_called(end) == node), node)


@cache
def categories_by_path() -> Mapping[tuple[str, ...], str]:
    """Node ids by the end of their path, in lower case; of two that end alike the one nearer to the root."""
    tree = sources().tree
    found: dict[tuple[str, ...], str] = {}
    for node in sorted(tree, key=lambda node: len(tree.path(node))):
        path = tuple(name.casefold() for name in tree.path(node))
        for start in range(len(path)):
            found.setdefault(path[start:], node)
    return found


def read_area(form: forms.Form, cleaned: dict[str, Any]) -> Area:
    """The area that the fields place, country and radius_km name; a country alone, or anywhere, without a place."""
    name, country = str(cleaned.get("place") or "").strip(), str(cleaned.get("country") or "").strip().upper()
    if not name:
        return Area(country=country)
    radius_km = float(cleaned.get("radius_km") or DEFAULT_RADIUS_KM)
    found = place_called(name, country, radius_km=radius_km, near=read_degrees(str(cleaned.get("near") or "")))
    if found is None:
        form.add_error("place", _("We don't know this place. Write the nearest town, or check the country."))
        return Area()
    return found


def read_degrees(typed: str) -> Area | None:
    """The point that a form sends back as it was given to it, such as 50.70146,-1.29124; none for anything else."""
    found = DEGREES.fullmatch(typed)
    return Area(lat=float(found[1]), lon=float(found[2])) if found else None


DEGREES = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,9})?),(-?[0-9]{1,3}(?:\.[0-9]{1,9})?)")


def read_amount(form: forms.Form, name: str, typed: str, currency: str) -> int:
    """Minor units of an amount as people write it; 0 where nothing was written."""
    if not typed.strip():
        return 0
    try:
        minor = read_money(typed, currency)
    except ValueError as error:
        form.add_error(name, str(error))
        return 0
    if minor < 0:
        form.add_error(name, _("An amount can't be below zero."))
    return max(0, minor)
