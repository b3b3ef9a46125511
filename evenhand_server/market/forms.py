"""Forms of the setup page: the first operator, what this market is, and the code of the test mail."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from evenhand_server.market.models import Market
from evenhand_server.messages import LANGUAGES
from evenhand_server.people.models import Person
from evenhand_server.words.fields import CategoriesField, LinesField, category_words
from evenhand_server.words.sources import place_called, sources

OPEN = "open"
WHO_MAY = ((OPEN, _("Yes, whoever likes")), ("invited", _("No, only who was invited")))
MOST_COUNTRIES = 60


class FounderForm(forms.Form):
    """An account for whoever sets the server up."""

    username = forms.CharField(
        label=_("User name"), min_length=3, max_length=60, validators=[UnicodeUsernameValidator()]
    )
    email = forms.EmailField(label=_("E-mail"))
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_username(self) -> str:
        """A name that nobody has yet."""
        username = str(self.cleaned_data["username"])
        if Person.objects.filter(username=username).exists():
            raise forms.ValidationError(_("Somebody has this user name. Choose another, or sign in first."))
        return username

    def clean_password(self) -> str:
        """A password that is not guessed at once."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password


class MarketForm(forms.Form):
    """What this market is, who runs it, and what is not traded."""

    name = forms.CharField(label=_("What is this market called?"), max_length=120)
    operator = forms.CharField(label=_("Who runs it?"), max_length=200)
    contact = forms.CharField(label=_("How can people reach you?"), max_length=200)
    languages = forms.MultipleChoiceField(
        label=_("In which languages do people write here?"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    countries = forms.CharField(label=_("Countries"), max_length=MOST_COUNTRIES * 4)
    places = LinesField(label=_("Places"), required=False)
    kinds_not_traded = CategoriesField(label=_("Kinds of things that are not traded here"), required=False)
    words_not_traded = LinesField(label=_("Words that no request or offer may hold here"), required=False)
    who_may = forms.ChoiceField(label=_("May strangers make an account?"), choices=WHO_MAY, widget=forms.RadioSelect)

    def clean_countries(self) -> list[str]:
        """Two letters each, of countries that there are."""
        codes = str(self.cleaned_data["countries"]).upper().replace(",", " ").split()
        unknown = [code for code in codes if code not in sources().countries]
        if unknown:
            raise forms.ValidationError(_("We don't know the country “%(code)s”."), params={"code": unknown[0]})
        return list(dict.fromkeys(codes))

    def clean_places(self) -> list[str]:
        """Places that there are."""
        unknown = [name for name in self.cleaned_data["places"] if place_called(name, "", radius_km=1) is None]
        if unknown:
            raise forms.ValidationError(_("We don't know the place “%(name)s”."), params={"name": unknown[0]})
        return list(self.cleaned_data["places"])

    def facts(self) -> dict[str, Any]:
        """What was settled, as the table keeps it."""
        said = dict(self.cleaned_data)
        said["strangers_may_register"] = said.pop("who_may") == OPEN
        lists = ("languages", "kinds_not_traded", "words_not_traded")
        return said | {name: list(said[name]) for name in lists}


def market_now(market: Market | None, *, operator: str, contact: str, country: str) -> dict[str, Any]:
    """What the form shows: what was settled, else what the settings say; whether strangers may is never guessed."""
    if market is None:
        return {"operator": operator, "contact": contact, "countries": country}
    return {
        "name": market.name,
        "operator": market.operator,
        "contact": market.contact,
        "languages": market.languages,
        "countries": ", ".join(market.countries),
        "places": "\n".join(market.places),
        "kinds_not_traded": "\n".join(category_words(node) for node in market.kinds_not_traded),
        "words_not_traded": "\n".join(market.words_not_traded),
        "who_may": OPEN if market.strangers_may_register else "invited",
    }


class CodeForm(forms.Form):
    """The code of the test mail."""

    code = forms.CharField(
        label=_("The six digits in the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
