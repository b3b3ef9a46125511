"""The market of the server benchmark: many askers, one shop that accepts the terms from anybody, and their tokens."""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import json
import sys

from allauth.account.models import EmailAddress

from evenhand.interests.interest import Interest
from evenhand_server.interests.actions import set_standing_acceptances, stand_ready
from evenhand_server.people.actions import join, make_token
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.workers.run import work_all

ASKERS = 120
"""A party may have 50 open intents, so that many of them are needed."""


def main() -> None:
    """Make the market and print the tokens, or do the workers' work, as asked on the command line."""
    if sys.argv[1] == "work":
        print(json.dumps({"done": work_all()}))
        return
    shop = somebody("shop")
    stand_ready(shop, "We sell mountain bikes everywhere.", Interest(frozenset({"mountain_bikes"})))
    set_standing_acceptances(shop, frozenset({"PDC-INTENT"}))
    askers = [somebody(f"asker{number}") for number in range(ASKERS)]
    tokens = {"shop": make_token(shop, "bench")[1], "askers": [make_token(asker, "bench")[1] for asker in askers]}
    print(json.dumps(tokens))


def somebody(username: str) -> Actor:
    """A person with a confirmed mailbox, of whom nobody needs the password."""
    person = Person.objects.create(username=username, name=username, email=f"{username}@example.org", country="GB")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return join(person)


if __name__ == "__main__":
    main()
