"""Reading what the operator settled, and who the operators are."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from evenhand.records import digest
from evenhand_server.journal.models import DueRow
from evenhand_server.journal.queries import dead_rows
from evenhand_server.letters.models import Letter, MailArrival
from evenhand_server.letters.queries import letters_to_settle, way_of_mail
from evenhand_server.market.models import Market, Operator, SetupKey
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.storage.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class NotTraded:
    """What is not traded here: kinds of things by the tree's nodes, each with all below it, and words."""

    kinds: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def the_market() -> Market | None:
    """What the operator settled; none before the setup page was filled in."""
    return Market.objects.first()


def not_traded() -> NotTraded:
    """What is not traded here; nothing is refused before the operator said so."""
    market = the_market()
    if market is None:
        return NotTraded()
    return NotTraded(frozenset(market.kinds_not_traded), frozenset(market.words_not_traded))


def strangers_may_register() -> bool:
    """Whether anybody may sign up; before the setup page was filled in they may, as on one's own machine."""
    market = the_market()
    return market is None or market.strangers_may_register


def is_operator(person: Person) -> bool:
    """Whether this person looks after the server."""
    return Operator.objects.filter(person_id=person.pk).exists()


def is_setup_key(key: str) -> bool:
    """Whether this one-time address still opens the setup page."""
    return bool(key) and SetupKey.objects.filter(digest=digest(key.encode())).exists()


def failed_work() -> QuerySet[DueRow]:
    """Work that was tried until nothing helped."""
    return dead_rows()


def failed_letters() -> QuerySet[Letter]:
    """Letters that were refused, or perhaps sent before a crash."""
    return letters_to_settle()


def must_be_operator(actor: Actor) -> None:
    """Refuse everybody else, in the way in which what does not exist is refused."""
    if not is_operator(actor.person):
        raise NotFoundError


def operators() -> list[Person]:
    """Who looks after the server."""
    rows = Operator.objects.filter(person__is_active=True).select_related("person").order_by("id")
    return [row.person for row in rows]


def mail_is_only_kept() -> bool:
    """Whether mail goes nowhere but into a folder here; in the demo that is meant so."""
    return settings.EMAIL_BACKEND.endswith("filebased.EmailBackend") and not settings.ENVIRONMENT.demo


def mail_works() -> bool:
    """Whether a test mail has arrived by the settings as they are now; before that nobody can be invited."""
    return not mail_is_only_kept() and MailArrival.objects.filter(test__way=way_of_mail()).exists()
