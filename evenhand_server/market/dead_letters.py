"""The command `evenhand dead_letters`: what was tried until nothing helped; to try again, or to let go."""

import sys
from collections.abc import Sequence

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.journal.actions import drop_due, revive_due
from evenhand_server.letters.actions import leave_it, send_again
from evenhand_server.market.queries import failed_letters, failed_work
from evenhand_server.messages import say

NOTHING = "Nothing failed for good.\n"
AGAIN, DROP = "--again", "--drop"


def main(words: Sequence[str]) -> int:
    """List it; or do what an option says to those that are named, or to all."""
    names = {word for word in words if not word.startswith("--")}
    if AGAIN in words or DROP in words:
        found = settle(names, again=AGAIN in words)
        sys.stdout.write(f"{found} tried again.\n" if AGAIN in words else f"{found} let go.\n")
        return 0 if found or not names else 1
    sys.stdout.write("".join(listed()) or NOTHING)
    return 0


def listed() -> list[str]:
    """One line each: its name, what it is, how often it was tried, and why it failed."""
    work = [
        f"work-{one.pk}\t{say(f'step_{one.step}')}\ttried {one.attempts} times\t{one.last_error}\n"
        for one in failed_work()
    ]
    letters = [f"letter-{one.pk}\t{say(f'letter_{one.kind}')}\t{one.state}\t{one.answer}\n" for one in failed_letters()]
    return [*work, *letters]


def settle(names: set[str], *, again: bool) -> int:
    """Try again or let go; without names everything. Says how many."""
    work = [one for one in failed_work() if not names or f"work-{one.pk}" in names]
    letters = [one for one in failed_letters() if not names or f"letter-{one.pk}" in names]
    for due in work:
        (revive_due if again else drop_due)(due)
    for letter in letters:
        (send_again if again else leave_it)(letter)
    return len(work) + len(letters)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
