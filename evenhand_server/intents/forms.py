"""Forms for what somebody wants: the sentence, its reading to correct, and how to publish it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.reading import SURE, Found, ReadWish
from evenhand_server.intents.alternatives import near_text
from evenhand_server.intents.describe import plain_number
from evenhand_server.intents.models import BudgetShown
from evenhand_server.intents.wanted import Choices
from evenhand_server.messages import CONDITIONS, CURRENCIES, LANGUAGES, PERIODS, VALUES, major_text
from evenhand_server.words.days import DayField
from evenhand_server.words.fields import CategoryField, LinesField, category_words, read_amount, read_area

LONGEST_SENTENCE = 4000
OPEN_DAYS = 30
LONGEST_OPEN_DAYS = 180
SELLER_LIMITS = ((5, _("At most 5")), (10, _("At most 10")), (0, _("Any number")))


class SentenceForm(forms.Form):
    """The one box."""

    text = forms.CharField(
        label=_("What are you looking for?"),
        max_length=LONGEST_SENTENCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence what you are looking for.")},
    )

    def clean_text(self) -> str:
        """Blank words are no words; a null character is no letter."""
        text = str(self.cleaned_data["text"]).replace("\x00", "").replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


class WishForm(forms.Form):
    """The wish as read, to correct. Everything but the category may be left empty."""

    category = CategoryField(label=_("What kind of thing or service"), max_length=160, required=False)
    place = forms.CharField(label=_("Where"), max_length=80, required=False)
    country = forms.CharField(label=_("Country (two letters)"), max_length=2, required=False)
    near = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    radius_km = forms.DecimalField(label=_("Within (km)"), min_value=1, max_value=2000, required=False, max_digits=8)
    budget_least = forms.CharField(label=_("Budget from"), max_length=20, required=False)
    budget_most = forms.CharField(label=_("Budget up to"), max_length=20, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    period = forms.ChoiceField(label=_("The budget is for"), choices=PERIODS, required=False)
    quantity = forms.DecimalField(label=_("How many"), min_value=0, required=False, max_digits=12, decimal_places=3)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    needed_by = DayField(label=_("Needed by"), required=False)
    conditions = forms.MultipleChoiceField(label=_("Condition"), choices=CONDITIONS, required=False)
    values = forms.MultipleChoiceField(label=_("Values that count for you"), choices=VALUES, required=False)
    required_values = forms.MultipleChoiceField(label=_("Values sellers must show"), choices=VALUES, required=False)
    must_haves = LinesField(label=_("Must have"), max_length=2000, required=False)
    nice_to_haves = LinesField(label=_("Nice to have"), max_length=2000, required=False)
    exclusions = LinesField(label=_("Not wanted"), max_length=2000, required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), choices=LANGUAGES, required=False)

    def clean_needed_by(self) -> date | None:
        """A day that is still to come, if one is named."""
        day: date | None = self.cleaned_data["needed_by"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one, or leave it empty."))
        return day

    def clean(self) -> dict[str, Any]:
        """What one field alone cannot tell: the place on the map, the budget in minor units."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["area"] = read_area(self, cleaned)
        cleaned["budget"] = self.budget(cleaned)
        return cleaned

    def budget(self, cleaned: dict[str, Any]) -> Budget | None:
        """The budget, or none where no amount was written."""
        currency = str(cleaned.get("currency") or "GBP")
        amounts = {name: read_amount(self, name, str(cleaned.get(name) or ""), currency) for name in BUDGET_FIELDS}
        least, most = amounts["budget_least"], amounts["budget_most"]
        if not least and not most:
            return None
        if most and least > most:
            self.add_error("budget_most", _("The upper amount is below the lower one."))
        return Budget(least, most, currency, str(cleaned.get("period") or ""))

    def wish(self, words: frozenset[str] = frozenset()) -> Wish:
        """The wish as corrected; the form must be valid."""
        cleaned = self.cleaned_data
        quantity = cleaned["quantity"]
        return Wish(
            category=cleaned["category"],
            area=cleaned["area"],
            budget=cleaned["budget"],
            quantity=Quantity(Decimal(quantity), cleaned["unit"]) if quantity else None,
            needed_by=cleaned["needed_by"],
            conditions=frozenset(cleaned["conditions"]),
            values=frozenset(cleaned["values"]) | frozenset(cleaned["required_values"]),
            required_values=frozenset(cleaned["required_values"]),
            must_haves=cleaned["must_haves"],
            nice_to_haves=cleaned["nice_to_haves"],
            exclusions=cleaned["exclusions"],
            languages=frozenset(cleaned["languages"]),
            words=words,
        )


BUDGET_FIELDS = ("budget_least", "budget_most")


class ChoicesForm(forms.Form):
    """How to publish: who may hear, how much of the budget they see, under which terms, until when."""

    seller_limit = forms.TypedChoiceField(label=_("How many sellers may hear"), choices=SELLER_LIMITS, coerce=int)
    budget_shown = forms.ChoiceField(label=_("Sellers see your budget"), choices=BudgetShown)
    terms = forms.ChoiceField(label=_("Your terms"))
    closes_on = DayField(label=_("Open until"))

    def __init__(self, *args: Any, terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].choices = terms  # type: ignore[attr-defined]

    def clean_closes_on(self) -> date:
        """A day that is still to come, and not years away."""
        day: date = self.cleaned_data["closes_on"]
        days = (day - timezone.localdate()).days
        if not 0 <= days <= LONGEST_OPEN_DAYS:
            raise forms.ValidationError(_("Choose a day from today to half a year from now."))
        return day

    def choices(self, time_zone: str) -> Choices:
        """The choices as the action takes them; open to the end of the day where the person lives."""
        cleaned = self.cleaned_data
        end = datetime.combine(cleaned["closes_on"] + timedelta(days=1), time.min, ZoneInfo(time_zone))
        return Choices(cleaned["seller_limit"], cleaned["budget_shown"], cleaned["terms"], end)


def default_choices(terms: str) -> dict[str, Any]:
    """What is chosen until somebody chooses otherwise."""
    closes_on = timezone.localdate() + timedelta(days=OPEN_DAYS)
    return {"seller_limit": 10, "budget_shown": "banded", "terms": terms, "closes_on": closes_on.isoformat()}


def initial_of(read: ReadWish, country: str) -> dict[str, Any]:
    """A reading as the form's first values; what we are not sure of is filled in too, and marked on its chip."""
    area = read.place.value if read.place else Area(country=country)
    budget = read.budget.value if read.budget else None
    quantity = read.quantity.value if read.quantity else None
    conditions = {found.value for found in (read.condition, *read.tolerances)} if read.condition else set()
    return {
        "category": category_value(read.category),
        "place": area.name if area.is_circle else "",
        "country": area.country,
        "near": near_text(area) if area.is_circle else "",
        "radius_km": f"{area.radius_km:g}" if area.is_circle else "",
        "budget_least": major_text(budget.least, budget.currency) if budget and budget.least else "",
        "budget_most": major_text(budget.most, budget.currency) if budget and budget.most else "",
        "currency": budget.currency if budget else currency_of(country),
        "period": budget.period if budget else "",
        "quantity": plain_number(quantity.value) if quantity else "",
        "unit": quantity.unit if quantity else "",
        "needed_by": read.needed_by.value.isoformat() if read.needed_by else "",
        "conditions": sorted(conditions & dict(CONDITIONS).keys()),
        "values": sorted({found.value for found in read.values} & dict(VALUES).keys()),
        "must_haves": "\n".join(found.value for found in read.must_haves),
        "nice_to_haves": "\n".join(found.value for found in read.nice_to_haves),
        "exclusions": "\n".join(found.value for found in read.exclusions),
    }


def category_value(found: Found[str] | None) -> str:
    """The end of the category's path where we are sure, short enough for a phone; an unsure one is asked about."""
    if found is None or found.confidence < SURE:
        return ""
    return category_words(found.value)


def currency_of(country: str) -> str:
    """The currency people in this country write first."""
    return {"US": "USD", "CH": "CHF", "SE": "SEK", "DK": "DKK"}.get(country, "GBP" if country in {"GB", ""} else "EUR")
