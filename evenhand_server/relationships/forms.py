"""The form with which an asker would like to go on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MONTHS = ((6, _("6 months")), (12, _("12 months")), (24, _("24 months")))


class GoOnForm(forms.Form):
    """Under which terms, which others would do as well, and for how long."""

    terms = forms.ChoiceField(label=_("Your terms"))
    also = forms.MultipleChoiceField(label=_("I would also accept"), required=False)
    months = forms.TypedChoiceField(label=_("For how long"), choices=MONTHS, coerce=int, initial=12)

    def __init__(self, *args: Any, terms: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("terms", "also"):
            self.fields[name].choices = terms  # type: ignore[attr-defined]
