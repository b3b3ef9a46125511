"""Forms of inviting, of supplier lists, and of a guest who answers."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from evenhand_server.invitations.models import SupplierList
from evenhand_server.invitations.sheet import LONGEST, MOST_BYTES, Sheet, read_pasted, read_sheet
from evenhand_server.messages import say
from evenhand_server.people.models import Person

LONGEST_PASTE = 60_000


class PasteForm(forms.Form):
    """Addresses as somebody copied them from wherever they were."""

    addresses = forms.CharField(
        label=_("Their e-mail addresses"), max_length=LONGEST_PASTE, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean(self) -> dict[str, Any]:
        """The sellers in it; with none, what could not be read."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        sheet = read_pasted(str(cleaned.get("addresses") or ""))
        if not self.errors and not sheet.rows:
            self.add_error("addresses", _("There is no e-mail address in this. Write one on each line."))
        cleaned["sheet"] = sheet
        return cleaned


class FromListForm(forms.Form):
    """Sellers out of a list, or out of one group of it."""

    suppliers = forms.ChoiceField(label=_("Which list"))

    def __init__(self, *args: Any, lists: list[SupplierList], groups: dict[int, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = []
        for one in lists:
            choices.append((one.public_id, one.name))
            choices += [(f"{one.public_id}:{group}", f"{one.name}: {group}") for group in groups.get(one.pk, [])]
        field = self.fields["suppliers"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def chosen(self) -> tuple[str, str]:
        """The list's id and the group, empty for the whole list."""
        list_id, _colon, group = str(self.cleaned_data["suppliers"]).partition(":")
        return list_id, group


class SheetForm(forms.Form):
    """A file of sellers, and what the list is called."""

    name = forms.CharField(label=_("What do you call this list?"), max_length=80)
    file = forms.FileField(
        label=_("The file (CSV)"), widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"})
    )

    def clean_file(self) -> Sheet:
        """What the file says; a file of which nothing can be used is refused with the reason."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        sheet = read_sheet(file.read(MOST_BYTES + 1))
        if not sheet.rows:
            first = sheet.problems[0] if sheet.problems else None
            code = first.code if first else "sheet_empty"
            raise forms.ValidationError(say(code, {"row": first.row, "value": first.value} if first else {}))
        return sheet


class SupplierForm(forms.Form):
    """One seller in a list."""

    email = forms.EmailField(label=_("E-mail"), max_length=LONGEST["email"])
    name = forms.CharField(label=_("Name"), max_length=LONGEST["name"], required=False)
    note = forms.CharField(label=_("Your note, which nobody else sees"), max_length=LONGEST["note"], required=False)
    group = forms.CharField(label=_("Group"), max_length=LONGEST["group"], required=False)


class KnownSupplierForm(SupplierForm):
    """A seller in a list, whose mailbox stays; another mailbox is another seller."""

    email = None  # type: ignore[assignment]


class ListNameForm(forms.Form):
    """What a list is called."""

    name = forms.CharField(label=_("What do you call this list?"), max_length=80)


class OwnLinkForm(forms.Form):
    """A seller who came by a public link asks for a personal one."""

    email = forms.EmailField(label=_("Your business e-mail"))
    name = forms.CharField(label=_("What your business is called"), max_length=120)


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Its digits, however they were grouped."""
        return "".join(letter for letter in str(self.cleaned_data["code"]) if letter.isdigit())


class NameForm(forms.Form):
    """What a guest is called."""

    name = forms.CharField(label=_("What your business is called"), max_length=120)


class AccountForm(forms.Form):
    """A new account for a guest; their mailbox is known."""

    username = forms.CharField(
        label=_("User name"), min_length=3, max_length=60, validators=[UnicodeUsernameValidator()]
    )
    password = forms.CharField(
        label=_("Password"), max_length=200, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_username(self) -> str:
        """A name that nobody has."""
        username = str(self.cleaned_data["username"])
        if Person.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(_("Somebody has this user name. Choose another."))
        return username

    def clean_password(self) -> str:
        """A password that is hard to guess."""
        password = str(self.cleaned_data["password"])
        validate_password(password, Person(username=str(self.cleaned_data.get("username") or "")))
        return password
