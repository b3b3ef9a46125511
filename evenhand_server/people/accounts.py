"""How allauth makes our persons: each gets the party that is themself."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenhand_server.people.actions import join
from evenhand_server.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up as allauth does it, plus the person's own party, in one transaction."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name and password do not fit together. Check both, letter by letter."),
        "email_password_mismatch": _("E-mail and password do not fit together. Check both, letter by letter."),
    }

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Save the new person and let them act for themself."""
        person: Person = super().save_user(request, user, form, commit=commit)
        join(person)
        return person
