"""Forms to bring a directory in and to say which column is what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.directory.reading import FIELDS, NEEDED, UnreadableError, guess, read_file
from evenhand_server.messages import say

LABELS = {
    "name": _("Its name"),
    "email": _("Its e-mail"),
    "category": _("What it sells or does"),
    "place": _("Its town"),
    "country": _("Its country (two letters)"),
}


class FileForm(forms.Form):
    """The file."""

    file = forms.FileField(label=_("A CSV file with headings"))

    @property
    def file_name(self) -> str:
        """What the file is called where it comes from."""
        return str(self.files["file"])

    def clean_file(self) -> list[list[str]]:
        """Its rows."""
        try:
            return read_file(self.cleaned_data["file"].read())
        except UnreadableError as error:
            raise forms.ValidationError(say(str(error))) from error


class MappingForm(forms.Form):
    """Which column is what."""

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": guess(header)})
        columns = [(number, heading or f"{number + 1}") for number, heading in enumerate(header)]
        for name in FIELDS:
            is_needed = name in NEEDED
            choices = columns if is_needed else [("", _("not in the file")), *columns]
            self.fields[name] = forms.TypedChoiceField(
                label=LABELS[name], choices=choices, coerce=int, required=is_needed, empty_value=None
            )

    def mapping(self) -> dict[str, int]:
        """The columns that are used."""
        return {name: number for name, number in self.cleaned_data.items() if number is not None}
