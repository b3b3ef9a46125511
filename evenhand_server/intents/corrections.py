"""The command `evenhand corrections`: what people put right in readings, as lexicon lines that the operator may add."""

import sys

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported
from evenhand_server.intents.queries import FEWEST_PARTIES, CorrectionCount, corrections_made

NOTHING = f"Nothing yet that at least {FEWEST_PARTIES} parties put right in the same way.\n"
ABOUT_LINES = "Words to add to a kind in evenhand/words/data/LANGUAGE/categories.tsv, if you agree:\n"
ABOUT_OTHERS = "Read otherwise than meant, with no words kept:\n"


def main() -> int:
    """Print the proposals."""
    sys.stdout.write(report(corrections_made()))
    return 0


def report(made: list[CorrectionCount]) -> str:
    """The proposed lexicon lines first, then what can only be counted; the most frequent first."""
    lines = [lexicon_line(one) for one in made if one["words"]]
    others = [other_line(one) for one in made if not one["words"]]
    parts = [*([ABOUT_LINES, *lines] if lines else []), *([ABOUT_OTHERS, *others] if others else [])]
    return "".join(parts) or NOTHING


def lexicon_line(one: CorrectionCount) -> str:
    """A line as the lexicon has them: the kind that was meant, a tab, the words; and why, after a #."""
    return f"{one['meant']}\t{one['words']}\t# {one['language']}: {one['parties']} parties; read as {one['read']}\n"


def other_line(one: CorrectionCount) -> str:
    """One field: how often, what was read, what was meant."""
    read = one["read"] or "nothing"
    return f"{one['field']}\t{read} -> {one['meant']}\t# {one['language']}: {one['parties']} parties\n"


if __name__ == "__main__":
    sys.exit(main())
