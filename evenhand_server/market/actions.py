"""What operators do: begin with a one-time address, settle what this market is, see whether mail arrives."""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from evenhand.records import digest
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.market.errors import LastOperatorError
from evenhand_server.market.models import MailArrival, MailTest, Market, Operator, SetupKey
from evenhand_server.market.queries import must_be_operator, way_of_mail
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person

KEY_BYTES = 24
CODE_LASTS = timedelta(hours=1)
MOST_TRIES = 5


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


@transaction.atomic
def begin_mail_test(actor: Actor) -> tuple[MailTest, str]:
    """A code to be sent to the operator; who sends it does so after this is on disk."""
    must_be_operator(actor)
    code = f"{secrets.randbelow(10**6):06d}"
    test = MailTest(by=actor.person, way=way_of_mail(), at=timezone.now())
    test.code = digest_of(test, code)
    test.save()
    return test, code


@transaction.atomic
def confirm_mail(actor: Actor, code: str) -> bool:
    """Whether this is the code of the operator's last test mail, typed in while it is fresh and seldom guessed."""
    must_be_operator(actor)
    rows = MailTest.objects.select_for_update().filter(by=actor.person, way=way_of_mail())
    test = rows.filter(at__gt=timezone.now() - CODE_LASTS).order_by("-id").first()
    if test is None or test.tries >= MOST_TRIES:
        return False
    MailTest.objects.filter(pk=test.pk).update(tries=test.tries + 1)
    if not constant_time_compare(digest_of(test, code.strip()), test.code):
        return False
    MailArrival.objects.get_or_create(test=test, defaults={"at": timezone.now()})
    note(Event.MAIL_PROVED, test.public_id, actor)
    return True


def digest_of(test: MailTest, code: str) -> str:
    """The digest of a code, under a key that lies outside of the database."""
    return salted_hmac("evenhand.mail_test", f"{test.public_id}:{code}", algorithm="sha256").hexdigest()
