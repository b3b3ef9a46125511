"""The town of the stories under kills: people who are there before, and afterwards what was kept, row by row."""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import json
import sys
from collections import Counter
from contextlib import redirect_stdout
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from evenhand.interests.interest import Interest
from evenhand.measures import Area
from evenhand_server.interests.actions import stand_ready
from evenhand_server.journal.models import DueRow, Entry
from evenhand_server.letters.models import Letter
from evenhand_server.people.actions import add_member, found_organisation, join
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import actor_of
from evenhand_server.people.roles import Role
from evenhand_server.prepare import prepare
from evenhand_server.terms.models import Record

PASSWORD = "a kettle among the swifts"
VARIES = {
    "allowance",
    "entry",
    "duerow",
    "letter",
    "mailcode",
    "mailtest",
    "mailarrival",
    "bounce",
    "oncedone",
    "change",
    "news",
}
"""What may differ: how often somebody asked for a code that a kill ate, and what is told together in one mail."""
SEEN_AGAIN = {"code.requested", "code.refused", "link.entered", "failure.settled", "mail.proved"}
"""What people do again when something did not come."""


def main() -> None:
    """Build the town, or say what is kept."""
    if sys.argv[1] == "counted":
        print(json.dumps(counted()))
        return
    with redirect_stdout(sys.stderr):
        prepare()
    person("ida")
    shop("hull_cycles", "Hull Cycles", "road_bikes", 53.7446, -0.3352)
    shop("kirkstall", "Kirkstall Computers", "laptops", 53.8, -1.55)
    school = organisation("aire_school", "Aire Valley School")
    for role in (Role.BUYER, Role.APPROVER):
        add_member(school, username=person(f"aire_school_{role}").person.username, role=role)
    print("{}")


def person(username: str) -> Actor:
    """Somebody with a confirmed mailbox and the password of everybody here."""
    who = Person.objects.create(
        username=username,
        name=username.title(),
        email=f"{username}@example.org",
        country="GB",
        password=make_password(PASSWORD),
    )
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return join(who)


def organisation(username: str, name: str) -> Actor:
    """An organisation with one steward."""
    founder = person(username)
    return actor_of(founder.person, found_organisation(founder, name=name, country="GB").public_id)


def shop(username: str, name: str, category: str, lat: float, lon: float) -> None:
    """A seller who stands ready for one kind of thing round one place."""
    area = Area(name, "GB", lat, lon, 40.0)
    stand_ready(
        organisation(username, name),
        f"{name} sells this.",
        Interest(frozenset({category}), area, lowest=1_000, highest=2_000_000, currency="GBP"),
    )


def counted() -> dict[str, Any]:
    """How many rows each table holds, what the journal tells, and what became of each letter."""
    models = apps.get_app_config("evenhand_server").get_models()
    rows = {model._meta.model_name: model.objects.count() for model in models}  # type: ignore[attr-defined]
    events = Counter(Entry.objects.values_list("event", flat=True))
    return {
        "rows": {name: count for name, count in rows.items() if name not in VARIES},
        "events": {name: count for name, count in events.items() if name not in SEEN_AGAIN},
        "records": sorted(Counter(Record.objects.values_list("kind", flat=True)).items()),
        "letters": list(Letter.objects.values_list("public_id", "kind", "state")),
        "later": list(Letter.objects.filter(due_at__gt=timezone.now()).values_list("public_id", flat=True)),
        "dead": DueRow.objects.filter(is_dead=True).count(),
        "left": Counter(DueRow.objects.filter(is_dead=False, attempts__gt=0).values_list("step", flat=True)),
    }


if __name__ == "__main__":
    main()
