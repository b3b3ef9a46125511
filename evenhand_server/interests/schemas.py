"""What programs send and get about what a vendor stands ready to answer."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import Field

from evenhand.interests.interest import Interest, from_record
from evenhand_server.interests.forms import LONGEST_SENTENCE
from evenhand_server.interests.models import InterestVersion
from evenhand_server.messages import CONDITIONS, CURRENCIES, LANGUAGES, PERIODS, major_text
from evenhand_server.programs.fields import Asked, Country, Line, Minor, Shown, Text, one_of
from evenhand_server.words.fields import MOST_LINES

MOST_CATEGORIES = 20
Category = Annotated[Line, Field(min_length=1, max_length=120, examples=["mountain_bikes", "Cycling > Bicycles"])]
Word = Annotated[Line, Field(min_length=1, max_length=60)]
TermsNamed = Annotated[Line, Field(min_length=1, max_length=40, examples=["PDC-INTENT"])]
Pieces = Annotated[int, Field(ge=0, le=10**9)]
Km = Annotated[float, Field(ge=1, le=2000, allow_inf_nan=False)]


class InterestFields(Asked):
    """What a vendor answers; what is left out is as the words say, else without limit."""

    categories: Annotated[list[Category], Field(max_length=MOST_CATEGORIES)] | None = None
    place: Annotated[Line, Field(max_length=80)] | None = None
    country: Country | None = None
    radius_km: Km | None = None
    lowest: Minor | None = None
    highest: Minor | None = None
    currency: Annotated[str, one_of(CURRENCIES)] | None = None
    period: Annotated[str, one_of(PERIODS)] | None = None
    smallest: Pieces | None = None
    largest: Pieces | None = None
    conditions: list[Annotated[str, one_of(CONDITIONS)]] | None = None
    languages: list[Annotated[str, one_of(LANGUAGES)]] | None = None
    words_wanted: Annotated[list[Word], Field(max_length=MOST_LINES)] | None = None
    words_excluded: Annotated[list[Word], Field(max_length=MOST_LINES)] | None = None

    def corrected(self, initial: dict[str, Any]) -> dict[str, Any]:
        """A form's values with those that were sent in their place."""
        sent = self.model_dump(exclude_none=True)
        currency = str(sent.get("currency") or initial["currency"])
        for name in ("lowest", "highest"):
            if name in sent:
                sent[name] = major_text(sent[name], currency)
        if "radius_km" in sent:
            sent["radius_km"] = f"{sent['radius_km']:g}"
        for name in ("categories", "words_wanted", "words_excluded"):
            if name in sent:
                sent[name] = "\n".join(sent[name])
        return {**initial, **sent}


class InterestAsked(Asked):
    """In words, in fields, or both: fields correct what is read from the words."""

    text: Annotated[Text, Field(max_length=LONGEST_SENTENCE, examples=["We sell mountain bikes in Hull"])] = ""
    fields: InterestFields = InterestFields()


class InterestValues(Shown):
    """What a vendor answers, as it stands; empty means no limit, and prices are in minor units."""

    categories: list[str]
    place: str
    country: str
    radius_km: float
    lowest: int
    highest: int
    currency: str
    period: str
    smallest: int
    largest: int
    conditions: list[str]
    languages: list[str]
    words_wanted: list[str]
    words_excluded: list[str]

    @classmethod
    def of(cls, value: Interest) -> Self:
        """This interest."""
        return cls(
            categories=sorted(value.categories),
            place=value.area.name if value.area.is_circle else "",
            country=value.area.country,
            radius_km=value.area.radius_km,
            lowest=value.lowest,
            highest=value.highest,
            currency=value.currency,
            period=value.period,
            smallest=value.smallest,
            largest=value.largest,
            conditions=sorted(value.conditions),
            languages=sorted(value.languages),
            words_wanted=sorted(value.words_wanted),
            words_excluded=sorted(value.words_excluded),
        )


class InterestShown(Shown):
    """What a vendor stands ready to answer."""

    id: str
    number: int
    text: str
    fields: InterestValues
    at: datetime

    @classmethod
    def of(cls, version: InterestVersion) -> Self:
        """This version."""
        return cls(
            id=version.interest.public_id,
            number=version.number,
            text=version.sentence.body,
            fields=InterestValues.of(from_record(version.record)),
            at=version.at,
        )


class StandingAcceptances(Shown):
    """The terms that a vendor accepts from anybody, once and for all."""

    terms: list[str]


class StandingAcceptancesAsked(Asked):
    """All terms to accept from anybody; those left out are asked about each time."""

    terms: Annotated[list[TermsNamed], Field(max_length=50)]
