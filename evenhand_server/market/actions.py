"""What operators do: begin with a one-time address, settle what this market is, see whether mail arrives."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from evenhand.records import digest
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.letters import actions as letters
from evenhand_server.market.errors import LastOperatorError
from evenhand_server.market.models import Market, Operator, SetupKey
from evenhand_server.market.queries import must_be_operator
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person

KEY_BYTES = 24


@transaction.atomic
def make_setup_key() -> str:
    """A fresh one-time address for the setup page; those made before open nothing any more."""
    key = secrets.token_urlsafe(KEY_BYTES)
    SetupKey.objects.all().delete()
    SetupKey.objects.create(digest=digest(key.encode()), at=timezone.now())
    return key


@transaction.atomic
def name_operator(person: Person) -> Operator:
    """Let a person look after this server; whoever is at the machine may name anybody."""
    operator, is_new = Operator.objects.get_or_create(person=person, defaults={"at": timezone.now()})
    if is_new:
        note(Event.OPERATOR_NAMED, person.public_id)
    return operator


@transaction.atomic
def dismiss_operator(person: Person) -> None:
    """Let a person look after this server no longer."""
    rows = Operator.objects.filter(person=person)
    if rows.exists() and Operator.objects.count() == 1:
        raise LastOperatorError
    if rows.delete()[0]:
        note(Event.OPERATOR_DISMISSED, person.public_id)


@transaction.atomic
def settle(actor: Actor, facts: Mapping[str, Any]) -> Market:
    """Say what this market is, who runs it, and what is not traded; said again, it replaces what was said."""
    must_be_operator(actor)
    market, _ = Market.objects.update_or_create(only=True, defaults={**facts, "at": timezone.now()})
    note(Event.MARKET_SETTLED, actor.person.public_id, actor)
    return market


def try_mail(actor: Actor) -> str:
    """Send the operator a code; empty when the mail server took it, else what it said."""
    must_be_operator(actor)
    return letters.ask_for_code(actor.person, actor.person.email)


@transaction.atomic
def confirm_mail(actor: Actor, code: str) -> bool:
    """Whether this is the code of the operator's last test mail."""
    must_be_operator(actor)
    test = letters.confirm_mail(actor.person, code)
    if test is None:
        return False
    note(Event.MAIL_PROVED, test.public_id, actor)
    return True
