"""What each kind of due row asks for: one function a step, called with the row that it is about."""

from collections.abc import Callable

from django.utils import timezone

from evenhand_server.dealings.models import Dealing
from evenhand_server.integrations.mail.send import say_there_is_something
from evenhand_server.intents.actions import expire_intent
from evenhand_server.intents.models import Intent
from evenhand_server.limits.actions import prune_allowances
from evenhand_server.offers.actions import say_friendly_no
from evenhand_server.people.models import Person
from evenhand_server.people.queries import people_to_tell
from evenhand_server.people.roles import Act
from evenhand_server.relationships.actions import begin_relationship
from evenhand_server.terms.actions import expire_proffer
from evenhand_server.terms.models import Proffer
from evenhand_server.workers.introduce import match_intent, match_interest

Step = Callable[[int], None]


def end_intent(target: int) -> None:
    """The time of an intent is over."""
    expire_intent(Intent.objects.get(pk=target))


def end_proffer(target: int) -> None:
    """Nobody answered in time: silence is expired."""
    expire_proffer(Proffer.objects.select_related("dealing").get(pk=target))


def tell_others(target: int) -> None:
    """An intent has ended; the sellers who still wait get a friendly no."""
    say_friendly_no(Intent.objects.get(pk=target))


def begin(target: int) -> None:
    """Both sides want to go on together."""
    begin_relationship(Proffer.objects.select_related("dealing").get(pk=target))


def tell_vendor(target: int) -> None:
    """Something happened that the vendor wants to know."""
    dealing = Dealing.objects.get(pk=target)
    tell(people_to_tell(dealing.vendor_id, Act.ANSWER_TERMS), f"/dealings/{dealing.public_id}")


def tell_asker(target: int) -> None:
    """Something happened that the asker wants to know."""
    dealing = Dealing.objects.select_related("intent").get(pk=target)
    tell(people_to_tell(dealing.intent.party_id, Act.PUBLISH), f"/dealings/{dealing.public_id}")


def prune(_target: int) -> None:
    """Forget limits that nobody has used up."""
    prune_allowances(timezone.now())


def tell(people: list[Person], path: str) -> None:
    """Tell each of them."""
    for person in people:
        say_there_is_something(person, path)


INSIDE: dict[str, Step] = {
    "match_intent": match_intent,
    "match_interest": match_interest,
    "expire_intent": end_intent,
    "expire_proffer": end_proffer,
    "say_friendly_no": tell_others,
    "begin_relationship": begin,
    "prune_allowances": prune,
}
"""Steps within this database: done in the transaction that strikes out their row, so exactly once."""
OUTSIDE: dict[str, Step] = {"tell_vendor": tell_vendor, "tell_asker": tell_asker}
"""Steps that speak with the world: no transaction waits for it; a worker that dies in between may do one twice."""
