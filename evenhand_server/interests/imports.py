"""The command `evenhand import_interests`: standing interests of many vendors from a file, as `match` reads it."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import islice
from pathlib import Path

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand.interests.interest import as_record
from evenhand.matching.lines import InterestLine, LineUnreadableError, read_interests
from evenhand_server.interests.actions import import_interests
from evenhand_server.interests.queries import vendors_named
from evenhand_server.market.queries import not_traded
from evenhand_server.market.traded import untraded
from evenhand_server.messages import say
from evenhand_server.people.actions import found_organisations
from evenhand_server.people.models import Person
from evenhand_server.records.once import once
from evenhand_server.words.sources import sources

AT_ONCE = 500
"""So many lines become one transaction. What was brought in once is not brought in again when the file is."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring in a file; 0 well, 2 if it can't be read or nobody goes by the username."""
    asked = parser().parse_args(arguments)
    person = Person.objects.filter(username=asked.by, is_active=True).first()
    if person is None:
        sys.stderr.write(f"{say('no_such_person', {'username': asked.by})}\n")
        return 2
    try:
        with asked.file.open(encoding="utf-8") as file:
            bring_in(person, read_interests(file, file=asked.file.name))
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"{asked.file}: {error}\n")
        return 2
    except LineUnreadableError as error:
        sys.stderr.write(f"\n{asked.file}, line {error.data['line']}: {say(error.code)} {error.data['field']}\n")
        return 2
    return 0


def parser() -> argparse.ArgumentParser:
    """What can be asked."""
    top = argparse.ArgumentParser(prog="evenhand import_interests", description=(__doc__ or "").splitlines()[0])
    top.add_argument("file", type=Path, help="JSON lines: vendor, sentence, interest; see docs/matching.md")
    top.add_argument("--by", required=True, help="the username of who will act for the vendors that are new here")
    return top


def bring_in(person: Person, lines: Iterator[InterestLine]) -> None:
    """Part by part, saying how far it is."""
    vendors, started, count, refused = vendors_named(person), time.monotonic(), 0, 0
    while part := [named(line) for line in islice(lines, AT_ONCE)]:
        here = not_traded()
        traded = [line for line in part if not untraded(line.interest.categories, line.sentence, here=here)]
        refused += len(part) - len(traded)
        bring = partial(bring_part, person, traded, vendors)
        once(person.pk, f"import-{digest_of(traded)}", "import_interests", bring)
        count += len(traded)
        rate = count / (time.monotonic() - started)
        sys.stdout.write(f"\r{count:,} interests of {len(vendors):,} vendors, {rate:,.0f} a second")
        sys.stdout.flush()
    sys.stdout.write(f"\nDone. {refused:,} left out because they are not traded here.\n" if refused else "\nDone.\n")


def bring_part(person: Person, lines: list[InterestLine], vendors: dict[str, int]) -> str:
    """One part, with the vendors that are new."""
    new = [name for name in dict.fromkeys(line.vendor for line in lines) if name not in vendors]
    vendors.update(found_organisations(person, new))
    return str(import_interests(person, lines, vendors) if lines else 0)


def named(line: InterestLine) -> InterestLine:
    """The line with a vendor and a sentence, if it names none itself."""
    tree = sources().tree
    sentence = line.sentence or ", ".join(tree.name(node) or node for node in sorted(line.interest.categories))
    return replace(line, vendor=line.vendor or line.id, sentence=sentence)


def digest_of(lines: list[InterestLine]) -> str:
    """What tells one part from another."""
    said = [(line.id, line.vendor, line.sentence, as_record(line.interest)) for line in lines]
    return sha256(json.dumps(said).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
