"""The command `evenhand operator`: name who looks after the server, or let somebody do so no longer."""

import sys
from collections.abc import Sequence

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand.errors import EvenhandError
from evenhand_server.market.actions import dismiss_operator, name_operator
from evenhand_server.market.queries import operators
from evenhand_server.messages import say
from evenhand_server.people.models import Person

DISMISS = "--dismiss"


def main(words: Sequence[str]) -> int:
    """Do it, and say who looks after the server then; without a name only say so."""
    names = [word for word in words if word != DISMISS]
    for name in names:
        person = Person.objects.filter(username=name, is_active=True).first()
        if person is None:
            sys.stderr.write(f"{say('no_such_person', {'username': name})}\n")
            return 1
        try:
            (dismiss_operator if DISMISS in words else name_operator)(person)
        except EvenhandError as error:
            sys.stderr.write(f"{say(error.code, error.data)}\n")
            return 1
    sys.stdout.write(
        "".join(f"{person.username}\n" for person in operators()) or "Nobody looks after this server yet.\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
