"""Forms about oneself: details, organisations, members, programs' tokens."""

import zoneinfo

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.messages import say
from evenhand_server.people.models import Detail, Person
from evenhand_server.people.roles import COME_BY_THEMSELVES, Role
from evenhand_server.words.fields import CountryField

ROLES = [(role.value, _(role.value)) for role in Role if role not in COME_BY_THEMSELVES]
FIELDS = (
    (Detail.Field.NAME, _("Name")),
    (Detail.Field.EMAIL, _("E-mail")),
    (Detail.Field.PHONE, _("Phone")),
    (Detail.Field.STREET, _("Street and number")),
    (Detail.Field.TOWN, _("Town")),
    (Detail.Field.POSTCODE, _("Postcode")),
)


class DetailsForm(forms.Form):
    """What may later be disclosed, field by field; all of it may stay empty."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, label in FIELDS:
            self.fields[name.value] = forms.CharField(label=label, max_length=200, required=False)
        self.fields[Detail.Field.EMAIL.value] = forms.EmailField(label=_("E-mail"), required=False)


class PersonForm(forms.Form):
    """How Evenhand speaks to a person."""

    name = forms.CharField(label=_("What shall we call you?"), max_length=120)
    country = CountryField()
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(name, name) for name in sorted(zoneinfo.available_timezones())]
    )


class OrganisationForm(forms.Form):
    """What others may know of an organisation."""

    name = forms.CharField(label=_("Name"), max_length=120)
    country = CountryField()
    website = forms.URLField(label=_("Website"), required=False, assume_scheme="https")
    about = forms.CharField(label=_("About"), max_length=2021, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MemberForm(forms.Form):
    """Who else acts for the organisation, and as what."""

    username = forms.CharField(label=_("Their user name"), max_length=60)
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)

    def clean_username(self) -> str:
        """Somebody who is here."""
        username = str(self.cleaned_data["username"])
        if not Person.objects.filter(username=username, is_active=True).exists():
            raise forms.ValidationError(say("no_such_person", {"username": username}))
        return username


class TokenForm(forms.Form):
    """A name by which one knows later what a token is for."""

    name = forms.CharField(label=_("What is it for?"), max_length=80)
