"""The project's own files as the house tests read them: which there are, and their syntax trees."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LIBRARY = "evenhand"
SERVER = "evenhand_server"
MIGRATIONS = f"{SERVER}/migrations/"


def python_files(*folders: str) -> list[Path]:
    """Every Python file below these folders, as people wrote it; Django writes the migrations."""
    files = (file for folder in folders for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if not name_of(file).startswith(MIGRATIONS))


def name_of(file: Path) -> str:
    """A file's name as a reader of the repository says it."""
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """What Python makes of a file."""
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def calls_in(file: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.Call))


def dotted(node: ast.expr) -> str:
    """What is written before a call's brackets, as far as it is names and dots: Intent.objects.filter().update."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return f"{dotted(node.func)}()"
    return ""


def place_of(file: Path, node: ast.AST) -> str:
    """Where something stands: file and line."""
    return f"{name_of(file)}:{getattr(node, 'lineno', 1)}"


def committed_files() -> list[Path]:
    """Every file that is, or would be, part of the repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in sorted(filter(None, names)) if (ROOT / name).is_file()]


def listed(found: list[str], advice: str = "this breaks the rule") -> str:
    """Every breach on a line of its own, so that a failing test can be worked off as a list."""
    return "\n".join([f"{advice}:", *found])
