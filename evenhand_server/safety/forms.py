"""Forms of a report, a decision and an appeal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.safety.models import Decision

REASONS = (
    ("spam", _("It is advertising, or sent to everybody")),
    ("fraud", _("Somebody tries to cheat")),
    ("not_traded", _("This must not be traded here")),
    ("rude", _("It threatens or insults")),
    ("privacy", _("It tells what is nobody's business")),
    ("farming", _("They only want to know prices or people")),
    ("other", _("Something else")),
)
OUTCOMES = (
    (Decision.Outcome.DISMISSED, _("Nothing is wrong with it")),
    (Decision.Outcome.UPHELD, _("The report is right; both are told, and the deal does not count as kept")),
    (Decision.Outcome.PAUSED, _("The report is right, and they may neither ask nor answer for 30 days")),
)
LONGEST_WORDS = 2021


class ReportForm(forms.Form):
    """What is wrong, with whom or what; words are optional."""

    what = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("What is wrong with it?"), choices=REASONS, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words, if you like"),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, things: list[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["what"].choices = things  # type: ignore[attr-defined]


class DecisionForm(forms.Form):
    """What an operator decides, and why, for both sides to read."""

    outcome = forms.ChoiceField(label=_("Your decision"), choices=OUTCOMES, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why, in words that both sides can read"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why. Both sides read it.")},
    )


class AppealForm(forms.Form):
    """Why it should be looked at again."""

    words = forms.CharField(
        label=_("What was overlooked?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what was overlooked.")},
    )
