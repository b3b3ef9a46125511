"""Forms to say which domain is one's own and to show it."""

import ipaddress
import re

from django import forms
from django.utils.translation import gettext_lazy as _

from evenhand_server.domains.models import DomainClaim

MAILBOXES = tuple((name, name) for name in ("postmaster", "webmaster", "hostmaster", "admin", "administrator"))
"""Whoever reads one of these looks after the domain. Source: CA/Browser Forum Baseline Requirements, 3.2.2.4.4."""
WAYS = ((DomainClaim.Way.MAIL, _("By a mail to it")), (DomainClaim.Way.DNS, _("By a record in DNS")))
LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")


class DomainForm(forms.Form):
    """Which domain, and how it is shown."""

    domain = forms.CharField(label=_("The name of your website, such as hullcycles.example"), max_length=253)
    way = forms.ChoiceField(label=_("How will you show that it is yours?"), choices=WAYS, widget=forms.RadioSelect)
    mailbox = forms.ChoiceField(label=_("Mail goes to"), choices=MAILBOXES, required=False)

    def clean_domain(self) -> str:
        """A name that DNS may know, without https:// and www."""
        typed = str(self.cleaned_data["domain"]).strip().lower()
        name = re.sub(r"^[a-z]+://", "", typed).split("/")[0].removeprefix("www.").rstrip(".")
        try:
            plain = name.encode("idna").decode("ascii")
        except UnicodeError:
            plain = ""
        if not is_domain(plain):
            raise forms.ValidationError(_("Write a name such as hullcycles.example."))
        return plain


class CodeForm(forms.Form):
    """The code from the mail."""

    code = forms.CharField(label=_("The code from the mail"), max_length=20)


def is_domain(name: str) -> bool:
    """Whether this is the name of something on the Internet: several labels, and no address."""
    try:
        ipaddress.ip_address(name)
    except ValueError:
        labels = name.split(".")
        return len(labels) > 1 and all(map(LABEL.fullmatch, labels)) and not labels[-1].isdigit() and len(name) < 240
    return False
