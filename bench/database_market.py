"""The product itself on one database, for the benchmark of matching: it answers what it is asked on its standard input.

Started by ``bench/matching.py`` in a process of its own, because Django serves one database: with ``DATABASE_URL`` on
PostgreSQL, else on SQLite. It brings the market in as the operator's import does, and asks by the product's statement;
on PostgreSQL also in the obvious way: an array of categories under a GIN index, and all else a filter.
"""

import evenhand_server.boot  # noqa: F401 - Django must be ready before models are imported

# isort: split
import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice

import psycopg
from django.core.management import call_command
from django.db import connection
from market import TODAY, Market

from evenhand.intents.wish import Wish
from evenhand.matching.cells import How, country_code
from evenhand.matching.lines import InterestLine
from evenhand_server.interests.actions import import_interests
from evenhand_server.interests.filing import category_number
from evenhand_server.interests.models import InterestVersion, Standing
from evenhand_server.matching import asking
from evenhand_server.matching.asking import Question, find
from evenhand_server.matching.sql import statement
from evenhand_server.people.actions import found_organisations
from evenhand_server.people.models import Person

AT_ONCE = 500
PROFFERED = "term-0"
Engine = Callable[[Wish], asking.Found]


def main() -> None:
    """Bring the market in, then answer ``round ENGINE`` with times and ``answers ENGINE`` with what was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--scope", default="world")
    parser.add_argument("--intents", type=int, default=500)
    parser.add_argument("--top", type=int, default=50)
    options = parser.parse_args()
    market = Market(options.scope)
    call_command("migrate", interactive=False, verbosity=0)
    seconds = bring_in(market, options.size)
    wishes, numbers = market.wishes(options.intents), dict(enumerate_versions())
    engines: dict[str, Engine] = {connection.vendor: lambda wish: find(asked(wish), top=options.top, tree=market.tree)}
    if connection.vendor == "postgresql":
        Obvious.fill(market, options.size)
        engines["GIN"] = lambda wish: Obvious.find(asked(wish), market, options.top)
    tell({"engines": list(engines), "seconds": seconds, "bytes": bytes_used(), "rows": len(numbers)})
    for line in sys.stdin:
        what, name = line.split()
        if what == "round":
            tell([microseconds(engines[name], wish) for wish in wishes])
        else:
            tell([answer(engines[name](wish), numbers) for wish in wishes])


def tell(what: object) -> None:
    """One line of JSON."""
    print(json.dumps(what), flush=True)


def asked(wish: Wish) -> Question:
    """The wish on the market's day."""
    return Question(wish, TODAY, PROFFERED)


def microseconds(engine: Engine, wish: Wish) -> float:
    """How long one answer takes."""
    started = time.perf_counter()
    engine(wish)
    return 1e6 * (time.perf_counter() - started)


def answer(found: asking.Found, numbers: dict[int, int]) -> list[object]:
    """Numbers of interests with scores, best first, and how many vendors fit."""
    return [[[numbers[one.version_id], one.score] for one in found.best], found.total]


def bring_in(market: Market, size: int) -> float:
    """As the operator's import does, in parts; the market's agent is one person."""
    if Standing.objects.exists():
        return 0.0
    person = Person.objects.create(username="agent", name="Agent", country="GB")
    vendors: dict[str, int] = {}
    lines, started = lines_of(market, size), time.perf_counter()
    while part := list(islice(lines, AT_ONCE)):
        new = [name for name in dict.fromkeys(line.vendor for line in part) if name not in vendors]
        vendors.update(found_organisations(person, new))
        import_interests(person, part, vendors)
    seconds = time.perf_counter() - started
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return seconds


def lines_of(market: Market, size: int) -> Iterator[InterestLine]:
    """The market as lines of a file."""
    for vendor, one in market.of_vendors(size):
        words = ", ".join(sorted(market.tree.name(node) for node in one.interest.categories))
        yield InterestLine(str(one.id), one.interest, vendor=f"Vendor {vendor}", sentence=words)


def enumerate_versions() -> Iterator[tuple[int, int]]:
    """Each version with the number its interest has in the market: they were brought in in this order."""
    for number, version in enumerate(InterestVersion.objects.order_by("id").values_list("pk", flat=True)):
        yield version, number


def bytes_used() -> int:
    """What matching keeps: standing interests, postings, their keys and words."""
    tables = [f"evenhand_server_{name}" for name in ("standing", "posting", "said")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT sum(pg_total_relation_size(t::regclass)) FROM unnest(%s::text[]) AS t", [tables])
            return int(cursor.fetchone()[0])
        cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        return int(cursor.fetchone()[0])


class Obvious:
    """Every interest with its categories as an array under a GIN index; whatever else must hold is a filter."""

    @staticmethod
    def fill(market: Market, size: int) -> None:
        """A table of its own, with the place's country and kind beside the columns of the product."""
        numbers = dict(enumerate_versions())
        by_number = {number: version for version, number in numbers.items()}
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS obvious")
            cursor.execute("CREATE TABLE obvious AS SELECT s.* FROM evenhand_server_standing s")
            cursor.execute("CREATE TEMP TABLE more (version_id bigint, categories int[], country bigint, kind int)")
            with cursor.copy("COPY more FROM STDIN") as copy:
                for one in market.interests(size):
                    area, nodes = one.interest.area, sorted(map(category_number, one.interest.categories))
                    kind = 2 if area.is_circle else 0 if area.is_anywhere else 1
                    country = country_code(area.country) if area.country else 0
                    copy.write_row((by_number[one.id], nodes, country, kind))
            cursor.execute(
                "CREATE TABLE obvious_rows AS SELECT o.*, m.categories, m.country, m.kind"
                " FROM obvious o JOIN more m USING (version_id)"
            )
            cursor.execute("DROP TABLE obvious")
            cursor.execute("ALTER TABLE obvious_rows RENAME TO obvious")
            cursor.execute("CREATE INDEX obvious_categories ON obvious USING gin (categories)")
            cursor.execute("ANALYZE obvious")

    @staticmethod
    def find(question: Question, market: Market, top: int) -> asking.Found:
        """The product's statement with another way to the rows."""
        wish = question.wish
        shape, values = asking.put(question, market.tree)
        text = statement(shape, "postgresql")
        start, end = text.index("FROM (SELECT * FROM unnest(%(firsts)s"), text.index("LEFT JOIN (SELECT * FROM unnest")
        kind = 2 if wish.area.is_circle else 0 if wish.area.is_anywhere else 1
        squared = " + ".join(f"({axis} - %({axis})s::bigint) * ({axis} - %({axis})s::bigint)" for axis in "xyz")
        how = (
            f"CASE WHEN {kind} = 0 OR kind = 0 THEN {How.ANYWHERE.value} WHEN {kind} = 2 AND kind = 2 THEN"
            f" CASE WHEN {squared} <= reach"
            f" THEN {How.REACHED.value} ELSE {How.VISITED.value} END ELSE {How.COUNTRY.value} END"
        )
        rows = (
            f"FROM (SELECT *, {how} AS how FROM obvious WHERE categories && %(nodes)s::int[]"
            f" AND ({kind} = 0 OR kind = 0 OR ({kind} = 2 AND kind = 2) OR country = %(country)s::bigint)) i "
        )
        text = (text[:start] + rows + text[end:]).replace("p.how", "i.how")
        above = market.tree.ancestors(wish.category)
        nodes = [*above, *(asking.below(market.tree, wish.category) if len(above) > 1 else [])]
        more = {"nodes": [category_number(node) for node in nodes], "country": country_code(wish.area.country or "XX")}
        with psycopg.Cursor(connection.connection) as cursor:
            cursor.execute(text, asking.as_texts(values | more | {"top": top}))
            return asking.found_in(cursor.fetchall(), top)


if __name__ == "__main__":
    main()
