"""What operators do: begin with a one-time address, settle what this market is, see whether mail arrives."""

import secrets
from collections.abc import Mapping
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from evenhand.records import digest
from evenhand_server.journal.actions import drop_due, note, revive_due
from evenhand_server.journal.events import Event
from evenhand_server.letters import actions as letters
from evenhand_server.market.errors import LastOperatorError
from evenhand_server.market.models import Market, Operator, SetupKey
from evenhand_server.market.queries import failed_letters, failed_work, must_be_operator
from evenhand_server.people.actions import join
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.storage.errors import NotFoundError

KEY_BYTES = 24


@transaction.atomic
def make_setup_key() -> str:
    """A fresh one-time address for the setup page; those made before open nothing any more."""
    key = secrets.token_urlsafe(KEY_BYTES)
    SetupKey.objects.all().delete()
    SetupKey.objects.create(digest=digest(key.encode()), at=timezone.now())
    return key


@transaction.atomic
def use_setup_key(key: str, person: Person) -> Operator:
    """Use the one-time address up: this person looks after the server from now on."""
    if not SetupKey.objects.filter(digest=digest(key.encode())).delete()[0]:
        raise NotFoundError
    return name_operator(person)


@transaction.atomic
def found_server(key: str, *, username: str, email: str, password: str) -> Person:
    """The account of whoever sets the server up; that their mailbox is theirs is shown by the test mail."""
    person = Person(username=username, email=email)
    person.set_password(password)
    person.save()
    EmailAddress.objects.create(user=person, email=email, primary=True, verified=False)
    join(person)
    use_setup_key(key, person)
    return person


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
    EmailAddress.objects.filter(user=actor.person, email__iexact=test.address).update(verified=True)
    note(Event.MAIL_PROVED, test.public_id, actor)
    return True


@transaction.atomic
def settle_work(actor: Actor, number: int, *, again: bool) -> None:
    """Try work again that was given up, or let it go."""
    must_be_operator(actor)
    due = failed_work().filter(pk=number).first()
    if due is None:
        raise NotFoundError
    (revive_due if again else drop_due)(due)
    note(Event.FAILURE_SETTLED, actor.person.public_id, actor, step=due.step, again=again)


@transaction.atomic
def settle_letter(actor: Actor, number: int, *, again: bool) -> None:
    """Send a letter once more though it was refused or may have gone out, or let it go."""
    must_be_operator(actor)
    letter = failed_letters().filter(pk=number).first()
    if letter is None:
        raise NotFoundError
    (letters.send_again if again else letters.leave_it)(letter)
    note(Event.FAILURE_SETTLED, actor.person.public_id, actor, step=letter.kind, again=again)
