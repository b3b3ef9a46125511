"""The form of an offer: lines, delivery, what is included, what it costs to leave, and who stands behind it."""

from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.measures import Money
from evenhand.offers.check import line_total
from evenhand.offers.offer import Chain, Delivery, Leaving, Line, Offer
from evenhand_server.messages import CURRENCIES, major_text
from evenhand_server.programs.fields import LARGEST_AMOUNT
from evenhand_server.words.days import DayField
from evenhand_server.words.fields import LinesField, read_amount

LINES = 5
VALID_DAYS = 14


class OfferForm(forms.Form):
    """An offer as a vendor writes it; totals are added up for them."""

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES)
    delivery_by = DayField(label=_("There by"), required=False)
    delivery_days = forms.IntegerField(label=_("Or within so many days"), min_value=0, max_value=3650, required=False)
    delivery_cost = forms.CharField(
        label=_("Delivery costs"),
        max_length=20,
        required=False,
        help_text=_("Empty means that delivery is free, and so it will be signed."),
    )
    note = forms.CharField(
        label=_("A few words of your own"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    included = LinesField(label=_("Included, one a line"), max_length=1000, required=False)
    leaving_cost = forms.CharField(label=_("What it costs to leave"), max_length=20, required=False)
    leaving_days = forms.IntegerField(label=_("Days of notice"), min_value=0, max_value=3650, required=False)
    makes = forms.CharField(label=_("Who makes it"), max_length=120, required=False)
    moves = forms.CharField(label=_("Who brings it"), max_length=120, required=False)
    supports = forms.CharField(label=_("Who helps afterwards"), max_length=120, required=False)
    payment = forms.CharField(
        label=_("How you want to be paid"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(
        label=_("How they reach you"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    valid_until = DayField(label=_("Good until"))

    attachments = forms.Field(
        label=_("Pictures or PDFs"),
        required=False,
        widget=forms.FileInput,
        help_text=_("Up to five, each at most 5 MB. Pictures are written anew, without the place they were taken at."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, LINES + 1):
            self.fields[f"description_{number}"] = forms.CharField(label=_("What"), max_length=200, required=False)
            self.fields[f"quantity_{number}"] = forms.CharField(label=_("How many"), max_length=12, required=False)
            self.fields[f"price_{number}"] = forms.CharField(label=_("Price of one"), max_length=20, required=False)
            self.fields[f"quantity_{number}"].initial = "1" if number == 1 else ""
        self.fields["valid_until"].initial = timezone.localdate() + timedelta(days=VALID_DAYS)

    def line_fields(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each line: what, how many, price of one."""
        numbers = range(1, LINES + 1)
        return [(self[f"description_{n}"], self[f"quantity_{n}"], self[f"price_{n}"]) for n in numbers]

    def clean_delivery_by(self) -> date | None:
        """A day that is still to come, if one is named."""
        day: date | None = self.cleaned_data["delivery_by"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day

    def clean_valid_until(self) -> date:
        """A day that is still to come."""
        day: date = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose a later one."))
        return day

    def clean(self) -> dict[str, Any]:
        """The lines as values, and the amounts in minor units."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        currency = str(cleaned.get("currency") or "GBP")
        cleaned["lines"] = tuple(filter(None, (self.line(n, currency) for n in range(1, LINES + 1))))
        for name in ("delivery_cost", "leaving_cost"):
            cleaned[f"{name}_minor"] = read_amount(self, name, str(cleaned.get(name) or ""), currency)
        total = sum(line.total for line in cleaned["lines"]) + cleaned["delivery_cost_minor"]
        if total > LARGEST_AMOUNT:
            self.add_error("price_1", _("This is more money than there is. Check the prices and how many."))
        if not cleaned["lines"] and not self.errors:
            self.add_error("description_1", _("Write at least one line: what you offer and for how much."))
        return cleaned

    def line(self, number: int, currency: str) -> Line | None:
        """One line, or nothing where nothing was written."""
        description = str(self.cleaned_data.get(f"description_{number}") or "").strip()
        price = str(self.cleaned_data.get(f"price_{number}") or "")
        if not description and not price:
            return None
        if not description or not price:
            missing = "description" if price else "price"
            self.add_error(f"{missing}_{number}", _("A line needs both what it is and its price."))
            return None
        quantity = self.quantity(number)
        minor = read_amount(self, f"price_{number}", price, currency)
        unit_price = Money(minor, currency).major
        return Line(description, quantity, unit_price, line_total(quantity, unit_price, currency))

    def quantity(self, number: int) -> Decimal:
        """How many; one where nothing was written."""
        typed = str(self.cleaned_data.get(f"quantity_{number}") or "1").strip().replace(",", ".")
        try:
            quantity = Decimal(typed)
        except InvalidOperation:
            quantity = Decimal(0)
        if not quantity.is_finite() or not 0 < quantity < 10**9 or quantity != round(quantity, 3):
            self.add_error(f"quantity_{number}", _("Write a number such as 1 or 2.5."))
            return Decimal(1)
        return quantity

    def offer(self) -> Offer:
        """The offer; the form must be valid."""
        cleaned = self.cleaned_data
        delivery = Delivery(cleaned["delivery_by"], cleaned["delivery_days"] or 0, cost=cleaned["delivery_cost_minor"])
        total = sum(line.total for line in cleaned["lines"]) + delivery.cost
        return Offer(
            lines=cleaned["lines"],
            total=Money(total, cleaned["currency"]),
            delivery=delivery,
            included=cleaned["included"],
            leaving=Leaving(cleaned["leaving_cost_minor"], cleaned["leaving_days"] or 0),
            chain=Chain(cleaned["makes"], cleaned["moves"], cleaned["supports"]),
            valid_until=cleaned["valid_until"],
            note=cleaned["note"],
            payment=cleaned["payment"],
            contact=cleaned["contact"],
        )


def initial_of(offer: Offer) -> dict[str, Any]:
    """An offer as the form's first values, to change it."""
    currency = offer.total.currency
    initial: dict[str, Any] = {
        "currency": currency,
        "delivery_by": offer.delivery.by,
        "delivery_days": offer.delivery.within_days or "",
        "delivery_cost": major_text(offer.delivery.cost, currency) if offer.delivery.cost else "",
        "included": "\n".join(offer.included),
        "leaving_cost": major_text(offer.leaving.cost, currency) if offer.leaving.cost else "",
        "leaving_days": offer.leaving.notice_days or "",
        "makes": offer.chain.makes,
        "moves": offer.chain.moves,
        "supports": offer.chain.supports,
        "valid_until": offer.valid_until,
        "note": offer.note,
        "payment": offer.payment,
        "contact": offer.contact,
    }
    for number, line in enumerate(offer.lines[:LINES], start=1):
        initial[f"description_{number}"] = line.description
        initial[f"quantity_{number}"] = f"{line.quantity.normalize():f}"
        initial[f"price_{number}"] = f"{line.unit_price:f}"
    return initial


class MessageForm(forms.Form):
    """A question, or an answer to one."""

    text = forms.CharField(
        label=_("Your words"),
        max_length=2021,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you want to say.")},
    )
    answers = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)
