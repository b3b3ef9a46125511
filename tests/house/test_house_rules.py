"""The house style as far as a machine can hold it; what it can't is in CONTRIBUTING.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import (
    LIBRARY,
    ROOT,
    SERVER,
    calls_in,
    committed_files,
    dotted,
    listed,
    name_of,
    place_of,
    python_files,
    tree_of,
)

DEEPEST = 3
READS_ENVIRONMENT = {f"{SERVER}/environment.py", f"{SERVER}/cli.py", f"{LIBRARY}/__main__.py"}
"""The first reads settings, the second hands them on, the third asks where a person's cache lies."""
ENVIRONMENT = re.compile(r"os\.(environ(?!\.setdefault)|getenv)")
"""A default for Django, saying where the settings are, is no setting."""

CLOCK_AND_CHANCE = re.compile(
    r"(^|\.)(datetime\.(now|utcnow|today)|date\.today|time\.(time|time_ns|monotonic|localtime|gmtime)|os\.urandom|uuid[14])$"
)
NETWORK_AND_CHANCE = {
    "random",
    "secrets",
    "socket",
    "socketserver",
    "ssl",
    "http",
    "urllib.request",
    "requests",
    "httpx",
}

WRITES = {
    "save",
    "delete",
    "create",
    "get_or_create",
    "update_or_create",
    "bulk_create",
    "bulk_update",
    "_raw_delete",
}
READS = re.compile(r"\.objects\b|\.(filter|exclude|all|select_for_update|order_by)\(\)")
WRITERS = (
    re.compile(rf"{SERVER}/\w+/actions(\.py|/)"),
    re.compile(rf"{SERVER}/workers/"),
    re.compile(rf"{SERVER}/demo(\.py|/)"),
    re.compile(rf"{SERVER}/records/uploads\.py"),  # Saves no row: a picture writes itself into memory.
    re.compile(rf"{SERVER}/records/once\.py"),  # Wraps any room's action so that what is sent twice is done once.
    re.compile(rf"{SERVER}/terms/signing\.py"),  # The one place where records are signed; several actions end in it.
)
"""Only these write rows; whoever adds a line here says why."""

BANNED_FILES = {"utils", "util", "helpers", "helper", "common", "misc"}
BANNED_NAMES = re.compile(r"^_?(process|handle)_|Manager$")
NAMES_OF_DJANGO = {"process_exception", "process_view", "process_template_response"}

REGISTRIES = re.compile(
    r"pypi\.(org|python)|pythonhosted\.|registry\.(npmjs|yarnpkg)|npmjs\.(com|org)|(deb|security)\.debian\.org|"
    r"(extra-)?index-url|find-links",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.:/<-])/(work|tmp|root|home/\w+|opt/pypi)/\w", re.IGNORECASE)
NOT_OURS = ("/static/vendor/", "bootstrap/pip-")
"""Files that come as they are from other projects."""


def within_the_library() -> list[Path]:
    """The library without its command line, which is where a clock and a new key come in from outside."""
    return [file for file in python_files(LIBRARY) if file.name != "__main__.py"]


def test_the_library_knows_no_clock_and_no_chance() -> None:
    found = [
        f"{place_of(file, call)}: {dotted(call.func)}"
        for file in within_the_library()
        for call in calls_in(file)
        if CLOCK_AND_CHANCE.search(dotted(call.func))
    ]
    assert not found, listed(found, "hand the moment, the id or the salt in as an argument")


def test_the_library_imports_no_chance_and_no_network() -> None:
    found = [
        f"{place_of(file, node)}: {name}"
        for file in within_the_library()
        for node, name in imports_of(file)
        if any(name == banned or name.startswith(f"{banned}.") for banned in NETWORK_AND_CHANCE)
    ]
    assert not found, listed(found)


def imports_of(file: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Every module a file imports, in full."""
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def test_nothing_is_imported_inside_a_function() -> None:
    found = [
        place_of(file, inner)
        for file in python_files(LIBRARY, SERVER)
        for function in functions_of(file)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom) and function.name != "ready"
    ]
    assert not found, listed(found)


def functions_of(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a file."""
    return (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("package", [LIBRARY, SERVER])
def test_folders_are_at_most_three_deep(package: str) -> None:
    folders = (file.parent.relative_to(ROOT / package) for file in committed_files() if is_below(file, package))
    found = sorted({folder.as_posix() for folder in folders if len(folder.parts) > DEEPEST})
    assert not found, listed(found)


def is_below(file: Path, package: str) -> bool:
    """A file lies somewhere in this package."""
    return (ROOT / package) in file.parents


def test_the_first_line_of_every_file_says_what_it_is_about() -> None:
    files = python_files(LIBRARY, SERVER, "tests", "bench")
    found = [name_of(file) for file in files if not starts_with_a_docstring(file)]
    assert not found, listed(found)


def starts_with_a_docstring(file: Path) -> bool:
    """The docstring stands in line one, where a reader looks first."""
    return bool(ast.get_docstring(tree_of(file))) and tree_of(file).body[0].lineno == 1


def test_a_folder_says_its_charter_in_one_line_and_nothing_else() -> None:
    inits = [file for file in python_files(LIBRARY, SERVER) if file.name == "__init__.py"]
    found = [name_of(file) for file in inits if len(file.read_text(encoding="utf-8").strip().splitlines()) != 1]
    assert not found, listed(found)


def test_only_actions_and_workers_write() -> None:
    found = [
        f"{place_of(file, call)}: {dotted(call.func)}"
        for file in python_files(SERVER)
        if not any(writer.match(name_of(file)) for writer in WRITERS)
        for call in calls_in(file)
        if is_write(call)
    ]
    assert not found, listed(found, "let an action of this room do it")


def is_write(call: ast.Call) -> bool:
    """A call that changes rows. A class may extend its own save, a router takes addresses, dictionaries have update."""
    name = dotted(call.func)
    if not isinstance(call.func, ast.Attribute) or name.startswith(("super().", "router.")):
        return False
    return call.func.attr in WRITES or (call.func.attr == "update" and bool(READS.search(name)))


def test_settings_are_read_in_one_place() -> None:
    found = [
        f"{name_of(file)}:{number}"
        for file in python_files(LIBRARY, SERVER)
        if name_of(file) not in READS_ENVIRONMENT
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if ENVIRONMENT.search(line)
    ]
    assert not found, listed(found, "read it in environment.py")


def test_names_say_what_a_person_would_say() -> None:
    files = python_files(LIBRARY, SERVER)
    found = [name_of(file) for file in files if BANNED_FILES & set(file.relative_to(ROOT).with_suffix("").parts)]
    found += [
        f"{place_of(file, node)}: {node.name}"
        for file in files
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and BANNED_NAMES.search(node.name)
        and node.name not in NAMES_OF_DJANGO
    ]
    assert not found, listed(found)


def test_the_repository_names_no_registry_and_no_folder_of_one_machine() -> None:
    found = [
        f"{name_of(file)}:{number}: {hit.group()}"
        for file in committed_files()
        if file.resolve() != Path(__file__).resolve() and not any(part in file.as_posix() for part in NOT_OURS)
        for number, line in enumerate(text_of(file).splitlines(), 1)
        if (hit := REGISTRIES.search(line) or MACHINE_PATHS.search(line))
    ]
    assert not found, listed(found)


def text_of(file: Path) -> str:
    """A file's text; empty for pictures and other bytes."""
    content = file.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")
