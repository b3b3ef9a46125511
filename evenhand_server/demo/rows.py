"""The demo market's data, as tables beside the code."""

import csv
from importlib.resources import files


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of one table by column; what is left out at the end of a line is empty."""
    text = (files("evenhand_server.demo") / "data" / f"{table}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", restval="", quoting=csv.QUOTE_NONE, strict=True))
