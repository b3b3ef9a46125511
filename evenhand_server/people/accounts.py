"""How allauth makes our persons: each gets the party that is themself."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from evenhand_server.limits.actions import give_back, spend
from evenhand_server.limits.rates import Limit
from evenhand_server.limits.subjects import address_of, of_words
from evenhand_server.people.actions import join
from evenhand_server.people.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up as allauth does it, plus the person's own party, in one transaction."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("User name and password do not fit together. Check both, letter by letter."),
        "email_password_mismatch": _("E-mail and password do not fit together. Check both, letter by letter."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Where somebody comes from, behind our own proxies."""
        return address_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try for this account, from here and from anywhere: nobody guesses passwords for long."""
        for limit, subject in tries_of(request, credentials):
            spend(limit, subject)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Whoever knew the password did not guess it."""
        person = super().authenticate(request, **credentials)
        for limit, subject in tries_of(request, credentials) if person else ():
            give_back(limit, subject)
        return person

    @transaction.atomic
    def save_user(self, request: HttpRequest, user: Person, form: Any, commit: bool = True) -> Person:
        """Save the new person and let them act for themself."""
        person: Person = super().save_user(request, user, form, commit=commit)
        join(person)
        return person


def tries_of(request: HttpRequest, credentials: Mapping[str, Any]) -> list[tuple[Limit, str]]:
    """What a try to sign in counts for: this account from this address, and this account from anywhere."""
    name = str(credentials.get("email") or credentials.get("username") or "")
    here = of_words(name, address_of(request))
    return [(Limit.TRY_PASSWORD, here), (Limit.TRY_ACCOUNT, of_words(name))]
