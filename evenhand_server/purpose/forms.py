"""The form for evidence of what a party stands for."""

from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand_server.messages import VALUES
from evenhand_server.words.days import DayField


class EvidenceForm(forms.Form):
    """Who vouches for a value, and until when."""

    value = forms.ChoiceField(label=_("What you stand for"), choices=VALUES)
    issuer = forms.CharField(label=_("Who vouches for it"), max_length=120)
    number = forms.CharField(label=_("Certificate or membership number"), max_length=80, required=False)
    valid_until = DayField(label=_("Valid until"))

    def clean_valid_until(self) -> date:
        """Evidence that has run out shows nothing."""
        day: date = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This evidence has run out. Add it once it is renewed."))
        return day
