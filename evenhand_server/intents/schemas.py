"""What programs send about what somebody wants, and get of their own intents."""

from datetime import datetime
from typing import Annotated, Any, Literal, Self

from django.utils import timezone
from pydantic import Field

from evenhand.intents.wish import Wish as WishValue
from evenhand_server.intents.forms import BUDGET_FIELDS, LONGEST_SENTENCE, SELLER_LIMITS
from evenhand_server.intents.models import BudgetShown, Intent, Wish
from evenhand_server.intents.queries import wish_value
from evenhand_server.messages import CONDITIONS, CURRENCIES, LANGUAGES, PERIODS, VALUES, major_text
from evenhand_server.programs.fields import Asked, Country, Day, Line, Minor, Number, Shown, Words, one_of
from evenhand_server.words.fields import MOST_LINES
from evenhand_server.words.sources import sources

Category = Annotated[Line, Field(max_length=80, examples=["mountain_bikes", "Cycling > Bicycles"])]
Km = Annotated[float, Field(ge=1, le=2000, allow_inf_nan=False)]
Value = Annotated[str, one_of(VALUES)]
Lines = Annotated[list[Annotated[Line, Field(min_length=1, max_length=200)]], Field(max_length=MOST_LINES)]
LINES = ("must_haves", "nice_to_haves", "exclusions")


class Corrections(Asked):
    """What is meant, where the words were read otherwise or said nothing; what is left out stays as read.

    Amounts are minor units. An empty text or list says that nothing is meant.
    """

    category: Category | None = None
    place: Annotated[Line, Field(max_length=80)] | None = None
    country: Country | None = None
    radius_km: Km | None = None
    budget_least: Minor | None = None
    budget_most: Minor | None = None
    currency: Annotated[str, one_of(CURRENCIES)] | None = None
    period: Annotated[str, one_of(PERIODS)] | None = None
    quantity: Number | None = None
    unit: Annotated[Line, Field(max_length=20)] | None = None
    needed_by: Day | None = None
    conditions: list[Annotated[str, one_of(CONDITIONS)]] | None = None
    values: list[Value] | None = None
    required_values: list[Value] | None = None
    must_haves: Lines | None = None
    nice_to_haves: Lines | None = None
    exclusions: Lines | None = None
    languages: list[Annotated[str, one_of(LANGUAGES)]] | None = None

    def corrected(self, initial: dict[str, Any]) -> dict[str, Any]:
        """A form's values as read, with those that were sent in their place."""
        sent = self.model_dump(exclude_none=True)
        currency = str(sent.get("currency") or initial["currency"])
        for name in BUDGET_FIELDS:
            if name in sent:
                sent[name] = major_text(sent[name], currency)
        if "radius_km" in sent:
            sent["radius_km"] = f"{sent['radius_km']:g}"
        for name in LINES:
            if name in sent:
                sent[name] = "\n".join(sent[name])
        return {**initial, **sent}


class WordsAsked(Asked):
    """Plain words."""

    text: Annotated[Words, Field(max_length=LONGEST_SENTENCE, examples=["A mountain bike in Hull, up to 500 pounds"])]
    country: Annotated[Country, Field(description="Where the words leave it open; your own if empty")] = ""


class WantedAsked(WordsAsked):
    """What somebody wants: plain words, and corrections of what was read from them."""

    corrections: Corrections = Corrections()


class PreviewAsked(WantedAsked):
    """What to preview."""

    budget_shown: Annotated[str, one_of(BudgetShown.choices)] = BudgetShown.BANDED.value


class IntentAsked(PreviewAsked):
    """What to announce, and how: how many sellers may hear (0: any), under which terms, open until which day."""

    seller_limit: Literal[tuple(limit for limit, _ in SELLER_LIMITS)] = 10  # type: ignore[valid-type]
    terms: Annotated[Line, Field(max_length=40, description="An id from GET /terms; if empty, the first that fits")] = (
        ""
    )
    closes_on: Annotated[Day | None, Field(description="At most half a year from now; 30 days if left out")] = None


class WishFields(Shown):
    """What is wanted, as it stands; empty where nothing was said, and amounts in minor units."""

    category: str
    category_path: list[str]
    place: str
    country: str
    radius_km: float
    budget_least: int
    budget_most: int
    currency: str
    period: str
    quantity: str
    unit: str
    needed_by: str
    conditions: list[str]
    values: list[str]
    required_values: list[str]
    must_haves: list[str]
    nice_to_haves: list[str]
    exclusions: list[str]
    languages: list[str]

    @classmethod
    def of(cls, wish: WishValue) -> Self:
        """This wish."""
        budget, quantity = wish.budget, wish.quantity
        return cls(
            category=wish.category,
            category_path=list(sources().tree.path(wish.category)),
            place=wish.area.name if wish.area.is_circle else "",
            country=wish.area.country,
            radius_km=wish.area.radius_km,
            budget_least=budget.least if budget else 0,
            budget_most=budget.most if budget else 0,
            currency=budget.currency if budget else "",
            period=budget.period if budget else "",
            quantity=f"{quantity.value:f}" if quantity else "",
            unit=quantity.unit if quantity else "",
            needed_by=wish.needed_by.isoformat() if wish.needed_by else "",
            conditions=sorted(wish.conditions),
            values=sorted(wish.values),
            required_values=sorted(wish.required_values),
            must_haves=list(wish.must_haves),
            nice_to_haves=list(wish.nice_to_haves),
            exclusions=list(wish.exclusions),
            languages=sorted(wish.languages),
        )


class WishShown(Shown):
    """One version of what is wanted: the words as typed, and what they mean."""

    number: int
    text: str
    fields: WishFields
    at: datetime

    @classmethod
    def of(cls, wish: Wish) -> Self:
        """This version."""
        return cls(number=wish.number, text=wish.sentence.body, fields=WishFields.of(wish_value(wish)), at=wish.at)


class IntentShown(Shown):
    """One of your intents. ``state`` is open, accepted, withdrawn or expired."""

    id: str
    state: str
    seller_limit: int
    budget_shown: str
    terms: str
    time_zone: str
    at: datetime
    closes_at: datetime
    wish: WishShown

    @classmethod
    def of(cls, intent: Intent, wish: Wish) -> Self:
        """This intent with its wish as it stands."""
        return cls(
            id=intent.public_id,
            state=state_of(intent),
            seller_limit=intent.seller_limit,
            budget_shown=intent.budget_shown,
            terms=intent.terms,
            time_zone=intent.time_zone,
            at=intent.at,
            closes_at=intent.closes_at,
            wish=WishShown.of(wish),
        )


def state_of(intent: Intent) -> str:
    """Open, or how it ended."""
    closure = getattr(intent, "closure", None)
    if closure is not None:
        return str(closure.reason)
    return "open" if intent.is_open(timezone.now()) else "expired"
