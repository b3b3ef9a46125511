"""Matching in SQL: the text of the one statement that says what ``fit`` says, for SQLite and for PostgreSQL.

Postings lead to standing interests, nested and in this order whatever a planner thinks; each hit is compared as its
lookup says; each vendor counts once, with its best interest. Numbers are added in the order in which ``fit`` adds them.
"""

from dataclasses import dataclass
from functools import lru_cache

from evenhand.matching.cells import How
from evenhand.matching.fit import NEUTRAL, WEIGHT_BUDGET, WEIGHT_EXPERIENCE, WEIGHT_NEAR, WEIGHT_VALUES
from evenhand.matching.places import HALF_NEAR_KM, KM_PER_UNIT, NEAR_ANYWHERE, NEAR_IN_COUNTRY
from evenhand.matching.prices import TOP
from evenhand_server.interests.filing import OTHER_LANGUAGES


@dataclass(frozen=True, slots=True)
class Shape:
    """Which parts a statement has: what a wish does not ask for is not compared."""

    has_budget: bool
    wants_values: bool
    requires_values: bool
    speaks: bool
    speaks_others: bool


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the two databases say differently. Values of the names in braces are given with each question."""

    lookups: str
    budgets: str
    postings: str
    standing: str
    among: str
    other_languages: str
    words: str
    smaller: str
    larger: str


SQLITE = Dialect(
    lookups="SELECT json_extract(value, '$[0]') AS first, json_extract(value, '$[1]') AS last,"
    " json_extract(value, '$[2]') AS how FROM json_each(:lookups)",
    budgets="SELECT json_extract(value, '$[0]') AS currency, json_extract(value, '$[1]') AS period,"
    " json_extract(value, '$[2]') AS least, json_extract(value, '$[3]') AS most FROM json_each(:budgets)",
    postings="CROSS JOIN evenhand_server_posting q ON q.key BETWEEN p.first AND p.last",
    standing="CROSS JOIN evenhand_server_standing i ON i.id = q.standing_id",
    among="{what} IN (SELECT value FROM json_each({name}))",
    other_languages="EXISTS (SELECT 1 FROM json_each(i.other_languages) o WHERE o.value IN"
    " (SELECT value FROM json_each(:other_languages)))",
    words="NOT EXISTS (SELECT 1 FROM json_each(i.words_wanted) o WHERE o.value NOT IN"
    " (SELECT value FROM json_each(:words)))"
    " AND NOT EXISTS (SELECT 1 FROM json_each(i.words_excluded) o WHERE o.value IN"
    " (SELECT value FROM json_each(:words)))",
    smaller="min",
    larger="max",
)
POSTGRESQL = Dialect(
    lookups="SELECT * FROM unnest(%(firsts)s::bigint[], %(lasts)s::bigint[], %(hows)s::int[]) AS p(first, last, how)",
    budgets="SELECT * FROM unnest(%(currencies)s::text[], %(periods)s::text[], %(leasts)s::bigint[],"
    " %(mosts)s::bigint[]) AS b(currency, period, least, most)",
    postings="CROSS JOIN LATERAL (SELECT standing_id FROM evenhand_server_posting"
    " WHERE key BETWEEN p.first AND p.last OFFSET 0) q",
    standing="CROSS JOIN LATERAL (SELECT * FROM evenhand_server_standing WHERE id = q.standing_id OFFSET 0) i",
    among="{what} = ANY ({name})",
    other_languages="i.other_languages ?| %(other_languages)s::text[]",
    words="i.words_wanted <@ to_jsonb(%(words)s::text[]) AND NOT i.words_excluded ?| %(words)s::text[]",
    smaller="LEAST",
    larger="GREATEST",
)
KINDS = {"others": "bigint[]", "wanted": "text[]", "required": "text[]", "day": "date", "terms": "text"}
"""PostgreSQL is told the kinds of values, so that a statement is prepared once; all others are whole numbers."""


EVIDENCE = "FROM evenhand_server_evidence e WHERE e.party_id = i.party_id"


def real(number: float) -> str:
    """A number of double precision in both databases."""
    return f"CAST({number!r} AS double precision)"


@lru_cache(maxsize=128)
def statement(shape: Shape, vendor: str) -> str:
    """The statement for wishes of one shape; ``vendor`` names the database as Django does.

    It answers version, vendor and score of the best, and for all of them how many vendors fit and how many of these
    accept the terms.
    """
    dialect = POSTGRESQL if vendor == "postgresql" else SQLITE
    return f"""
WITH fitting AS (
    SELECT i.version_id, i.party_id, {_score(shape, dialect)} AS score
    FROM ({dialect.lookups}) p {dialect.postings} {dialect.standing} {_budgets(shape, dialect)}
    WHERE {" AND ".join(_conditions(shape, dialect))}
),
best AS (
    SELECT version_id, party_id, score,
        row_number() OVER (PARTITION BY party_id ORDER BY score DESC, version_id) AS place
    FROM fitting
),
vendors AS (
    SELECT version_id, party_id, score, CASE WHEN EXISTS (
        SELECT 1 FROM evenhand_server_standingacceptance a
        WHERE a.party_id = best.party_id AND a.terms = {_given("terms", dialect)}
    ) AND NOT EXISTS (
        SELECT 1 FROM evenhand_server_termspreference r
        WHERE r.party_id = best.party_id AND r.terms = {_given("terms", dialect)} AND r.stand = 'never'
    ) THEN 1 ELSE 0 END AS accepts
    FROM best WHERE place = 1
)
SELECT version_id, party_id, score, accepts, count(*) OVER () AS total, sum(accepts) OVER () AS accepting
FROM vendors ORDER BY score DESC, version_id LIMIT {_given("top", dialect)}
"""  # noqa: S608 - made of our own words only; values are given beside it.


def _given(name: str, dialect: Dialect) -> str:
    return f"%({name})s::{KINDS.get(name, 'bigint')}" if dialect is POSTGRESQL else f":{name}"


def _among(what: str, name: str, dialect: Dialect) -> str:
    return dialect.among.format(what=what, name=_given(name, dialect))


def _squared(dialect: Dialect) -> str:
    return " + ".join(f"(i.{axis} - {_given(axis, dialect)}) * (i.{axis} - {_given(axis, dialect)})" for axis in "xyz")


def _budgets(shape: Shape, dialect: Dialect) -> str:
    """Prices that can't be compared find no line of budgets."""
    if not shape.has_budget:
        return ""
    return f"LEFT JOIN ({dialect.budgets}) b ON i.is_priced AND b.currency = i.currency AND b.period = i.period"


def _conditions(shape: Shape, dialect: Dialect) -> list[str]:
    """Everything that must hold beside category and cell, the cheapest first."""
    squared = _squared(dialect)

    def given(name: str) -> str:
        return _given(name, dialect)

    conditions = [
        f"i.conditions & {given('conditions')} <> 0",
        f"i.fewest <= {given('down')}",
        f"i.most >= {given('up')}",
        f"(p.how > {How.VISITED.value} OR (p.how = {How.REACHED.value} AND {squared} <= i.reach)"
        f" OR (p.how = {How.VISITED.value} AND {squared} <= {given('reach')} AND {squared} > i.reach))",
    ]
    if shape.speaks:
        spoken = [f"i.languages = 0 OR i.languages & {given('languages')} <> 0"]
        if shape.speaks_others:
            spoken.append(f"(i.languages & {OTHER_LANGUAGES} <> 0 AND {dialect.other_languages})")
        conditions.append(f"({' OR '.join(spoken)})")
    if shape.has_budget:
        conditions.append("(b.least IS NULL OR (i.lowest <= b.most AND i.highest >= b.least))")
    conditions.append(f"NOT {_among('i.party_id', 'others', dialect)}")
    if shape.requires_values:
        conditions.append(f"{_evidenced('required', dialect)} = {given('requires')}")
    conditions.append(f"(NOT i.has_words OR ({dialect.words}))")
    return conditions


def _evidenced(name: str, dialect: Dialect) -> str:
    """How many of some values a vendor has valid evidence of."""
    valid = f"e.valid_until >= {_given('day', dialect)} AND {_among('e.value', name, dialect)}"
    return f"(SELECT count(DISTINCT e.value) {EVIDENCE} AND {valid})"


def _score(shape: Shape, dialect: Dialect) -> str:
    """The four parts, weighted; experience is not known of anybody yet."""
    near = (
        f"CASE p.how WHEN {How.COUNTRY.value} THEN {real(NEAR_IN_COUNTRY)}"
        f" WHEN {How.ANYWHERE.value} THEN {real(NEAR_ANYWHERE)} ELSE {real(HALF_NEAR_KM)} / ({real(HALF_NEAR_KM)}"
        f" + sqrt(CAST({_squared(dialect)} AS double precision)) * {real(KM_PER_UNIT)}) END"
    )
    return (
        f"{real(WEIGHT_VALUES)} * {_values(shape, dialect)} + {real(WEIGHT_NEAR)} * {near}"
        f" + {real(WEIGHT_BUDGET)} * {_budget_fit(shape, dialect)} + {real(WEIGHT_EXPERIENCE * NEUTRAL)}"
    )


def _values(shape: Shape, dialect: Dialect) -> str:
    if not shape.wants_values:
        return real(NEUTRAL)
    hits = _evidenced("wanted", dialect)
    return f"(CAST({hits} AS double precision) / CAST({_given('wants', dialect)} AS double precision))"


def _budget_fit(shape: Shape, dialect: Dialect) -> str:
    if not shape.has_budget:
        return real(NEUTRAL)
    covered = f"{dialect.smaller}(i.highest, b.most) - {dialect.larger}(i.lowest, b.least)"
    share = f"CAST({covered} AS double precision) / CAST(b.most - b.least AS double precision)"
    return (
        f"CASE WHEN b.least IS NULL THEN {real(NEUTRAL)}"
        f" WHEN b.most >= {TOP} OR b.most <= b.least THEN {real(1.0)} ELSE {dialect.larger}({share}, {real(0.0)}) END"
    )
