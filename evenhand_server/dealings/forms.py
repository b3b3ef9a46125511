"""The form of a friendly no."""

from django import forms
from django.utils.translation import gettext_lazy as _

REASONS = (
    ("not_for_us", _("Not for us")),
    ("no_capacity", _("No time or stock just now")),
    ("too_far", _("Too far")),
    ("price", _("The price does not fit")),
    ("other", _("Another reason")),
)


class DeclineForm(forms.Form):
    """Why not."""

    reason = forms.ChoiceField(label=_("Why"), choices=REASONS)
