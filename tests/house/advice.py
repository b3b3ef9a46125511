"""Advice, never an error: the longest files and functions, for whoever has a quiet hour."""

import ast
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from tests.house.source import LIBRARY, SERVER, name_of, place_of, python_files, tree_of

LONG_FILE = 150
LONG_FUNCTION = 40
MOST_LINES = 8


def main() -> None:
    """Name the longest of both, longest first."""
    files = python_files(LIBRARY, SERVER)
    lengths = [(len(file.read_text(encoding="utf-8").splitlines()), name_of(file)) for file in files]
    show("files", LONG_FILE, lengths)
    show("functions", LONG_FUNCTION, [pair for file in files for pair in function_lengths(file)])


def function_lengths(file: Path) -> list[tuple[int, str]]:
    """Every function of a file with its lines."""
    functions = (node for node in ast.walk(tree_of(file)) if isinstance(node, ast.FunctionDef))
    return [((node.end_lineno or 0) - node.lineno + 1, f"{place_of(file, node)} {node.name}") for node in functions]


def show(what: str, limit: int, lengths: list[tuple[int, str]]) -> None:
    """Print what is over the limit."""
    long = sorted((pair for pair in lengths if pair[0] > limit), reverse=True)
    print(f"{len(long)} of {len(lengths)} {what} have more than {limit} lines{':' if long else '.'}")
    for length, name in long[:MOST_LINES]:
        print(f"  {length:4} {name}")


if __name__ == "__main__":
    main()
