"""The command `evenhand roster`: the terms that people can name here, with the operator's own, once they are right."""

import sys
from hashlib import sha256

from django.conf import settings

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand.errors import EvenhandError
from evenhand.terms.roster import RosterUnreadableError
from evenhand_server.messages import say
from evenhand_server.people.terms import roster

HINT = "The SHA-256 of each text there, to write beside its name in roster.json:\n"


def main() -> int:
    """Print the roster, or what is wrong with the operator's own."""
    if wrong := problem():
        sys.stderr.write(wrong)
        return 1
    for terms in roster():
        sys.stdout.write(f"{terms.id}\t{terms.title}\t{terms.roster} {terms.version}\t{terms.text_digest}\n")
    return 0


def problem() -> str:
    """What is wrong with the operator's own roster, and how to put it right; nothing when it is fine."""
    folder = settings.ENVIRONMENT.roster_folder
    try:
        roster()
    except EvenhandError as error:
        said = f"{folder}: {say(error.code, error.data)}\n"
        if not isinstance(error, RosterUnreadableError) or error.data["reason"] != "text":
            return said
        hashes = (f"{sha256(one.read_bytes()).hexdigest()}  {one.name}\n" for one in sorted(folder.glob("*.txt")))
        return said + HINT + "".join(hashes)
    return ""


if __name__ == "__main__":
    sys.exit(main())
