"""The command `evenhand bounced`: read mail that came back, and write to those addresses no more."""

import sys
from collections.abc import Sequence
from pathlib import Path

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.integrations.mail.actions import mark_report
from evenhand_server.integrations.mail.reports import messages_in, reports_in


def main(words: Sequence[str]) -> int:
    """Read each file, or what comes in by the standard input where none is named; say what became of it."""
    marked = unknown = 0
    for name in words or ["-"]:
        try:
            messages = list(messages_in(sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()))
        except OSError as error:
            sys.stderr.write(f"{name} cannot be read: {error.strerror}.\n")
            return 2
        for message in messages:
            outcomes = [mark_report(report) for report in reports_in(message)]
            marked += sum(outcomes)
            unknown += not outcomes or not all(outcomes)
    sys.stdout.write(f"{marked} addresses marked; {unknown} mails told of nothing new.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
