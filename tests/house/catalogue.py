"""What the code offers by name: commands, options, settings, errors with their codes, journal events."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import LIBRARY, ROOT, SERVER, calls_in, dotted, python_files, tree_of

SETTING = re.compile(r"EVENHAND_[A-Z][A-Z_]*|DATABASE_URL")


def commands_of(file: Path) -> list[str]:
    """The commands a command line understands."""
    return sorted(words_given_to("add_parser", file))


def options_of(file: Path) -> list[str]:
    """The options its commands understand."""
    return sorted({word for word in words_given_to("add_argument", file) if word.startswith("--")})


def words_given_to(method: str, file: Path) -> Iterator[str]:
    """The first argument of each call of a method, where it is written out."""
    for call in calls_in(file):
        if dotted(call.func).endswith(f".{method}") and call.args and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


def settings() -> set[str]:
    """What an operator may set from outside."""
    return {word for word in constants_in(ROOT / SERVER / "environment.py") if SETTING.fullmatch(word)}


def constants_in(file: Path) -> Iterator[str]:
    """Every text constant of a file."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def error_classes() -> list[ast.ClassDef]:
    """Every error of both houses: EvenhandError's children, their children, and so on."""
    classes = [node for file in python_files(LIBRARY, SERVER) for node in classes_of(file)]
    known, found = {"EvenhandError"}, list[ast.ClassDef]()
    while new := [node for node in classes if node not in found and known & {last_name(base) for base in node.bases}]:
        known |= {node.name for node in new}
        found += new
    return found


def classes_of(file: Path) -> list[ast.ClassDef]:
    """The classes of a file."""
    return [node for node in tree_of(file).body if isinstance(node, ast.ClassDef)]


def last_name(base: ast.expr) -> str:
    """The name of a base class without its module."""
    return dotted(base).rpartition(".")[-1]


def code_of(error: ast.ClassDef) -> str:
    """The code an error carries; empty when it has none of its own."""
    return constants_of(error).get("code", "")


def constants_of(node: ast.ClassDef) -> dict[str, str]:
    """The constants that a class gives names to, with or without their type."""
    found = {}
    for entry in node.body:
        if isinstance(entry, ast.Assign | ast.AnnAssign) and isinstance(entry.value, ast.Constant):
            target = entry.targets[0] if isinstance(entry, ast.Assign) else entry.target
            found[dotted(target)] = str(entry.value.value)
    return found


def events() -> dict[str, str]:
    """Every kind of journal entry: its name in the code, and the event."""
    classes = classes_of(ROOT / SERVER / "journal" / "events.py")
    return next(constants_of(node) for node in classes if node.name == "Event")


def events_written() -> set[str]:
    """The names of the events that some code of the server uses."""
    nodes = (node for file in python_files(SERVER) for node in ast.walk(tree_of(file)))
    return {node.attr for node in nodes if isinstance(node, ast.Attribute) and dotted(node.value) == "Event"}


def sentences() -> set[str]:
    """The codes for which the server's catalogue of messages has a sentence."""
    files = [file for file in python_files(SERVER) if "messages" in file.relative_to(ROOT).with_suffix("").parts]
    tables = (node for file in files for node in ast.walk(tree_of(file)) if isinstance(node, ast.Dict))
    return {str(key.value) for table in tables for key in table.keys if isinstance(key, ast.Constant)}
