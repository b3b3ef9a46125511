"""Forms about keys: a public key to register, and the signature that a device made."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_SIGNATURE = 2000
LONGEST_KEY = 120


class KeyForm(forms.Form):
    """A public key, as the command writes it."""

    key = forms.CharField(label=_("Your public key"), max_length=LONGEST_KEY)


class SignatureForm(forms.Form):
    """The signature as a file or as text."""

    file = forms.FileField(label=_("The signature, as a file"), required=False)
    text = forms.CharField(
        label=_("or the line that the command printed"), max_length=LONGEST_SIGNATURE, required=False
    )

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file: Any = cleaned.get("file")
        if file is not None and file.size > LONGEST_SIGNATURE:
            self.add_error("file", _("This file is too long for a signature."))
        elif file is None and not cleaned.get("text"):
            self.add_error("text", _("Choose the file, or paste the line."))
        return cleaned

    def content(self) -> bytes:
        """The signature's bytes; the form must be valid."""
        file: Any = self.cleaned_data.get("file")
        return file.read() if file is not None else str(self.cleaned_data["text"]).encode()
