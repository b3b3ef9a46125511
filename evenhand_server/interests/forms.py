"""The form for what a vendor stands ready to answer, as read from its sentence and corrected."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand.interests.interest import Interest
from evenhand_server.messages import CONDITIONS, CURRENCIES, LANGUAGES, PERIODS, major_text
from evenhand_server.words.fields import CategoriesField, LinesField, read_amount, read_area
from evenhand_server.words.sources import sources

LONGEST_SENTENCE = 4000


class InterestSentenceForm(forms.Form):
    """The one box for vendors."""

    text = forms.CharField(
        label=_("What do you sell or do, where, and for how much?"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence what you sell or do.")},
    )


class InterestForm(forms.Form):
    """The interest as read, to correct."""

    text = forms.CharField(max_length=LONGEST_SENTENCE, widget=forms.Textarea(attrs={"rows": 3}), label=_("In words"))
    categories = CategoriesField(label=_("Kinds of things or services, one a line"), max_length=2000)
    place = forms.CharField(label=_("Where"), max_length=80, required=False)
    country = forms.CharField(label=_("Country (two letters)"), max_length=2, required=False)
    radius_km = forms.DecimalField(label=_("Within (km)"), min_value=1, max_value=2000, required=False, max_digits=8)
    lowest = forms.CharField(label=_("Prices from"), max_length=20, required=False)
    highest = forms.CharField(label=_("Prices up to"), max_length=20, required=False)
    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    period = forms.ChoiceField(label=_("The price is for"), choices=PERIODS, required=False)
    smallest = forms.IntegerField(label=_("From how many pieces"), min_value=0, max_value=10**9, required=False)
    largest = forms.IntegerField(label=_("Up to how many pieces"), min_value=0, max_value=10**9, required=False)
    conditions = forms.MultipleChoiceField(label=_("Condition"), choices=CONDITIONS, required=False)
    languages = forms.MultipleChoiceField(label=_("Languages"), choices=LANGUAGES, required=False)
    words_wanted = LinesField(label=_("Only when these words are said, one a line"), max_length=500, required=False)
    words_excluded = LinesField(label=_("Never when these words are said, one a line"), max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """What one field alone cannot tell: the place on the map, the prices in minor units."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        currency = str(cleaned.get("currency") or "GBP")
        cleaned["area"] = read_area(self, cleaned)
        for name in ("lowest", "highest"):
            cleaned[f"{name}_minor"] = read_amount(self, name, str(cleaned.get(name) or ""), currency)
        for low, high in (("lowest_minor", "highest_minor"), ("smallest", "largest")):
            if cleaned.get(high) and (cleaned.get(low) or 0) > cleaned[high]:
                self.add_error(high.removesuffix("_minor"), _("The upper end is below the lower one."))
        return cleaned

    def interest(self) -> Interest:
        """The interest as corrected; the form must be valid."""
        cleaned = self.cleaned_data
        has_price = bool(cleaned["lowest_minor"] or cleaned["highest_minor"])
        return Interest(
            categories=frozenset(cleaned["categories"]),
            area=cleaned["area"],
            lowest=cleaned["lowest_minor"],
            highest=cleaned["highest_minor"],
            currency=(cleaned["currency"] or "GBP") if has_price else "",
            period=cleaned["period"] if has_price else "",
            smallest=cleaned["smallest"] or 0,
            largest=cleaned["largest"] or 0,
            conditions=frozenset(cleaned["conditions"]),
            languages=frozenset(cleaned["languages"]),
            words_wanted=frozenset(word.casefold() for word in cleaned["words_wanted"]),
            words_excluded=frozenset(word.casefold() for word in cleaned["words_excluded"]),
        )


def initial_of(value: Interest, text: str) -> dict[str, Any]:
    """An interest as the form's first values."""
    tree, area = sources().tree, value.area
    return {
        "text": text,
        "categories": "\n".join(" > ".join(tree.path(node)) for node in sorted(value.categories)),
        "place": area.name if area.is_circle else "",
        "country": area.country,
        "radius_km": f"{area.radius_km:g}" if area.is_circle else "",
        "lowest": major_text(value.lowest, value.currency) if value.lowest else "",
        "highest": major_text(value.highest, value.currency) if value.highest else "",
        "currency": value.currency or "GBP",
        "period": value.period,
        "smallest": value.smallest or "",
        "largest": value.largest or "",
        "conditions": sorted(value.conditions),
        "languages": sorted(value.languages),
        "words_wanted": "\n".join(sorted(value.words_wanted)),
        "words_excluded": "\n".join(sorted(value.words_excluded)),
    }
