"""Forms of the ceremony."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.terms.models import Outcome, Stage
from evenhand_server.words.days import DayField

ANSWERS = ((Outcome.ACCEPTED, _("Accept")), (Outcome.COUNTERED, _("Counter")), (Outcome.REFUSED, _("Refuse")))


class AnswerForm(forms.Form):
    """The vendor's one answer."""

    outcome = forms.ChoiceField(choices=ANSWERS)
    counter = forms.CharField(max_length=40, required=False)
    stage = forms.ChoiceField(choices=Stage, required=False)

    def clean_stage(self) -> Stage:
        """The intent's terms unless another stage is named."""
        return Stage(self.cleaned_data["stage"] or Stage.INTENT)


class CounterAnswerForm(forms.Form):
    """The asker's answer to a counter."""

    accepts = forms.ChoiceField(choices=(("yes", _("Accept")), ("no", _("Refuse"))))
    stage = forms.ChoiceField(choices=Stage, required=False)

    def clean_stage(self) -> Stage:
        """The intent's terms unless another stage is named."""
        return Stage(self.cleaned_data["stage"] or Stage.INTENT)


class DayForm(forms.Form):
    """Until when somebody may know a detail."""

    until = DayField(required=False)
