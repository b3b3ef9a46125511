"""What can be asked, set, met or read in the journal stands in docs/, and what stands there is true."""

import ast
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.catalogue import (
    code_of,
    commands_of,
    error_classes,
    events,
    events_written,
    options_of,
    sentences,
    settings,
)
from tests.house.source import LIBRARY, ROOT, SERVER, committed_files, listed, name_of

DOCS = ROOT / "docs"
ROW = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)
EVENT = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+")
LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#\s]+)[^)]*\)")
LONGEST_README = 120


def text_of(name: str) -> str:
    """A page of the documentation; empty while it is not written."""
    file = DOCS / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def compare(name: str, real: dict[str, str]) -> None:
    """A page's table names exactly what there is; ``real`` gives for each name the line that would be missing."""
    rows = set(ROW.findall(text_of(name)))
    missing = [line for key, line in sorted(real.items()) if key not in rows]
    stale = sorted(rows - set(real))
    assert not missing, listed(missing, f"these lines are missing in docs/{name}")
    assert not stale, listed(stale, f"docs/{name} names what is not there")


@pytest.mark.parametrize(
    ("file", "command"),
    [(ROOT / LIBRARY / "__main__.py", "python -m evenhand"), (ROOT / SERVER / "cli.py", "evenhand")],
    ids=["library", "server"],
)
def test_every_command_is_documented(file: Path, command: str) -> None:
    names = commands_of(file)
    assert names, f"{name_of(file)} has no command that this test can read; say add_parser with the name itself"
    text = text_of("commands.md")
    missing = [f"## `{command} {name}`" for name in names if f"`{command} {name}" not in text]
    missing += [f"`{option}`" for option in options_of(file) if f"`{option}" not in text]
    assert not missing, listed(missing, "these are missing in docs/commands.md")


def test_every_setting_is_documented() -> None:
    compare("settings.md", {name: f"| `{name}` | its default | what it does |" for name in settings()})


def test_every_error_is_documented() -> None:
    compare("errors.md", {code_of(error): error_line(error) for error in error_classes()})


def error_line(error: ast.ClassDef) -> str:
    """The line that docs/errors.md should have, as far as the error's own docstring says it."""
    docstring = " ".join((ast.get_docstring(error) or "").split())
    sentence, data = [*re.split(r"; data: |\. Data: ", docstring, maxsplit=1), ""][:2]
    return f"| `{code_of(error)}` | {data.rstrip('.') or '-'} | {sentence.rstrip('.')}. |"


def test_every_error_has_a_code_of_its_own() -> None:
    uses = Counter(code_of(error) for error in error_classes())
    found = [f"{error.name}: {code_of(error)!r}" for error in error_classes() if uses[code_of(error)] > 1]
    found += [error.name for error in error_classes() if not code_of(error)]
    assert not found, listed(found)


def test_every_error_has_a_sentence_for_people() -> None:
    missing = [f'"{code}": _("…"),' for code in sorted(map(code_of, error_classes())) if code not in sentences()]
    assert not missing, listed(missing, "these sentences are missing in evenhand_server/messages.py")


def test_every_event_is_documented() -> None:
    compare("events.md", {event: f"| `{event}` | when it is written | its data |" for event in events().values()})


def test_events_are_called_by_a_noun_and_what_happened_to_it() -> None:
    found = [event for event in events().values() if not EVENT.fullmatch(event)]
    assert not found, listed(found)


def test_every_event_is_written_by_somebody() -> None:
    found = sorted(set(events()) - events_written())
    assert not found, listed(found, "no action writes these; the documents would promise what does not happen")


def test_links_lead_somewhere() -> None:
    found = [
        f"{name_of(page)}: {target}"
        for page in pages()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not found, listed(found)


def pages() -> list[Path]:
    """Every page written in Markdown that is ours."""
    return [file for file in committed_files() if file.suffix == ".md" and "vendor" not in file.parts]


def test_the_make_commands_that_pages_name_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    found = [
        f"{name_of(page)}: make {named}"
        for page in pages()
        for named in re.findall(r"(?:^|`)make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        if named not in targets
    ]
    assert not found, listed(found)


def test_the_readme_is_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) < LONGEST_README
