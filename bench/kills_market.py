"""The market of the kills benchmark: a shop, a school, dealings between them, and afterwards what was kept of each."""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import json
import sys
from collections import Counter
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from evenhand.intents.wish import Wish
from evenhand.measures import Area, Budget
from evenhand.terms.preferences import Preferences
from evenhand.words.reading import Reading
from evenhand_server.dealings.actions import bear_dealing
from evenhand_server.intents.actions import publish_intent
from evenhand_server.intents.queries import newest_wish
from evenhand_server.intents.wanted import Choices, wanted
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.people.actions import found_organisation, join, keep_details, keep_preferences, make_token
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.models import Stage

WORDS = "Mountain bikes for our school near Hull, 5000 pounds"
WISH = Wish(category="mountain_bikes", area=Area(country="GB"), budget=Budget(0, 500_000, "GBP"))
TERMS = "EH-WORK-REQUEST"


def main() -> None:
    """Make the market of so many dealings, or count what the journal holds, as asked on the command line."""
    if sys.argv[1] == "counted":
        entries = Counter(Entry.objects.values_list("subject", "event"))
        told = {f"{subject} {event}": count for (subject, event), count in entries.items()}
        print(json.dumps({"entries": told, "dead": DueRow.objects.filter(is_dead=True).count()}))
        return
    call_command("migrate", interactive=False, verbosity=0)
    shop, school = organisation("shop"), organisation("school")
    keep_preferences(school, Preferences(always=(TERMS,)))
    keep_details(school, {"phone": "0199 496 0100"})
    dealings = [one_dealing(school, shop) for _ in range(int(sys.argv[1]))]
    tokens = {"shop": make_token(shop, "bench")[1], "school": make_token(school, "bench")[1]}
    print(json.dumps({**tokens, "dealings": dealings}))


def organisation(username: str) -> Actor:
    """An organisation with one steward, of whom nobody needs the password."""
    person = Person.objects.create(username=username, name=username, email=f"{username}@example.org", country="GB")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return actor_of(person, found_organisation(join(person), name=username).public_id)


def one_dealing(school: Actor, shop: Actor) -> str:
    """An intent of which the shop has heard, with terms that wait for its answer."""
    what = wanted(Reading(WORDS), WISH, own_words=(), budget_shown="banded")
    intent = publish_intent(school, what, Choices(10, "banded", TERMS, timezone.now() + timedelta(days=30)))
    dealing = bear_dealing(newest_wish(intent), shop.party, None)
    proffer_terms(dealing, Stage.INTENT, TERMS, until=intent.closes_at)
    return dealing.public_id


if __name__ == "__main__":
    main()
