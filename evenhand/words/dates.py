"""When something is needed: "by next Tuesday", "before Christmas", "in March", "within two weeks", 24.12.

The reading is fixed and shown to the writer: by a stretch of time means its first day, before it the day before,
in it its last day; a weekend is its Saturday; "next Tuesday" is Tuesday of next week.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from evenhand.words.calendar_days import (
    feasts,
    first_of_month,
    last_of_month,
    last_of_month_weekday,
    next_one,
    nth_weekday,
)
from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.text import Text, spell_out

MONTH_FIRST = frozenset({"US", "PH"})
"""Countries that write 12/24 for 24 December."""

_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 14)}
_ORDINALS = ("nth1", "nth2", "nth3", "nth4", "nth5")
_RELATIONS = ("before", "by", "in", "on")


@dataclass(frozen=True, slots=True)
class Day:
    """A day by which something is needed, where it was said, and how surely it was a deadline."""

    day: date
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: date
    last: date
    is_point: bool = True


@dataclass(frozen=True, slots=True)
class _Now:
    today: date
    country: str


_Reader = Callable[["re.Match[str]", "_Grammar", "_Now"], "_Stretch | None"]


@dataclass(frozen=True, slots=True)
class _Grammar:
    pattern: re.Pattern[str]
    relation: re.Pattern[str]
    never_before: re.Pattern[str]
    never_after: re.Pattern[str]
    usual_before: re.Pattern[str]
    usual_after: re.Pattern[str]
    pair_before: re.Pattern[str]
    pair_after: re.Pattern[str]
    past: re.Pattern[str]
    before_event: re.Pattern[str]
    short_days: frozenset[str]
    nth_on: frozenset[str]
    numbers: Mapping[str, str]
    relations: Mapping[str, str]


def _keys(lexicon: Lexicon, *prefixes: str) -> dict[str, str]:
    table = lexicon.tables["dates"]
    return {_bare(spell_out(word)): key for key in table if key.startswith(prefixes) for word in table[key]}


def _bare(words: str) -> str:
    return " ".join(words.split()).strip()


@lru_cache(maxsize=16)
def _grammar(lexicon: Lexicon) -> _Grammar:
    def words(*keys: str) -> str:
        return any_of({word for key in keys for word in lexicon.words("dates", key)})

    months, days = _keys(lexicon, "month"), _keys(lexicon, "day0", *(f"day{n}" for n in range(1, 7)))
    known = feasts("")
    named = {word: key for word, key in _keys(lexicon, *known).items() if key in known}
    seasons = _keys(lexicon, *_SEASONS)
    units = _keys(lexicon, "unit_")
    ordinals = _keys(lexicon, *_ORDINALS)
    day = r"(?P<{}>\d{{1,2}})(?:\s?(?:st|nd|rd|th|\.|er|º|de)(?!\w))?"
    span = (
        rf"(?:{any_of(days)}\.?,?\s+(?:{words('a')}\s+)?)?"
        rf"(?:(?P<d0>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*{words('range')}\s*)?"
    )
    month, of = any_of(months), rf"(?:\s*{words('of')})?"
    year = r"(?:,?\s*(?:of\s|de\s)?(?P<{}>20\d\d)(?!\d))?"
    edge = rf"(?P<{{}}>(?:{words('end')}|{words('start')}|{words('middle')})\s*)?"
    alternatives = (
        r"(?P<iso>(20\d\d)-(\d\d?)-(\d\d?))",
        rf"(?P<dmy>{span}{day.format('d1')}{of}\s*(?P<m1>{month})(?!\w)\.?{year.format('y1')})",
        rf"(?P<mdy>(?P<m2>{month})(?!\w)\.?\s*(?:the\s)?(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d\w])(?:,?\s*(?P<y2>20\d\d))?)",
        r"(?P<dots>(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>20\d\d|\d\d)?(?!\d))",
        _nth_pattern(lexicon, days),
        r"(?P<slash>(?P<d4>\d{1,2})/(?P<m4>\d{1,2})(?:/(?P<y4>20\d\d|\d\d))?(?![\d/]))",
        rf"(?P<of_month>(?P<o17>{words(*_ORDINALS)})\s+(?P<w17>{any_of(days)})\s+(?:of|in|im|des|de|du|d')\s?(?P<m17>{month})(?!\w)"
        rf"{year.format('y17')})",
        rf"(?P<quarter>{edge.format('e5')}(?P<q>{words('quarter')}){year.format('y5')})",
        rf"(?P<months>{edge.format('e6')}(?:(?P<n6>{words('next')}|{words('this')})\s+)?(?P<m6>{month})(?!\w)\.?{year.format('y6')})",
        rf"(?P<feast>{any_of(named)})",
        rf"(?P<weekday>(?:(?:(?P<n11>{words('next')})|(?P<s11>{words('second_before')}))\s+)?(?P<w11>{any_of(days)})(?!s)"
        rf"(?:(?P<b11>\s+week)|(?P<a11>\s+{words('next_after')}))?)",
        rf"(?P<near>(?:(?P<s_near>{words('week_from')})\s+)?"
        rf"(?:(?P<day_after>{words('day_after')})|(?P<tomorrow>{words('tomorrow')})|(?P<today>{words('today')}))"
        rf"(?:\s+(?P<n_near>{words('week_on')})(?!\w))?)",
        rf"(?P<unit>{edge.format('e7')}(?:(?P<n7>{words('next', 'coming')})|(?P<s7>{words('second_before')})"
        rf"|(?P<t7>{words('this')}|{words('a')}))?\s*"
        rf"(?P<u7>{words('unit_week', 'unit_month', 'unit_year')})"
        rf"(?:\s+(?:(?P<b7>{words('second_after')})|(?P<a7>{words('next_after')})))?)",
        rf"(?P<close>(?P<m14>{words('end_of_month')})|(?P<y14>{words('end_of_year')}))",
        rf"(?P<iso_week>{words('week_number')}\s?(?P<k15>\d{{1,2}})(?!\d))",
        rf"(?P<soon>{words('within_next')}\s+(?P<u16>{words('unit_week', 'unit_month', 'unit_fortnight')}))",
        rf"(?P<count>{words('within')}\s+(?P<c8>\d{{1,2}}|{words('a')})(?:\s*(?:-|to|or|bis|a|o|ou|oder)\s*(?P<c9>\d{{1,2}}))?\s+(?P<u8>{any_of(units)}))",
        rf"(?P<weekend>(?:(?P<n10>{words('next')})\s+)?(?:{words('this')}\s+)?{words('weekend')})",
        rf"(?P<season>(?:(?:(?P<n12>{words('next')})|{words('this')})\s+)?(?P<s12>{any_of(seasons)}))",
    )
    relations = {_bare(spell_out(word)): name for name in reversed(_RELATIONS) for word in lexicon.words("dates", name)}
    return _Grammar(
        pattern=re.compile(rf"(?<![\w£$€.,/-])(?:{'|'.join(alternatives)})(?!\w)"),
        relation=re.compile(rf"(?:^|(?<=\W))(?P<relation>{any_of(relations)})\s*(?:{words('a')}\s+)?$"),
        never_before=re.compile(rf"(?:^|\W){words('not')}\s*$"),
        never_after=re.compile(rf"\s*{words('ago')}(?!\w)"),
        usual_before=re.compile(rf"(?:^|\W){words('usual_before')}\s+$"),
        usual_after=re.compile(rf"\s*{words('usual_after')}(?!\w)"),
        pair_before=re.compile(rf"(?:^|\W){any_of(days)}s?\s*(?:y|et|and|und|&)\s*(?:el\s|le\s)?$"),
        pair_after=re.compile(rf"\s*(?:,|y|et|and|und|&|\+|/)\s*(?:el\s|le\s|on\s|am\s)?{any_of(days)}(?!\w)"),
        past=re.compile(rf"(?:^|(?<=\W)){words('past')}(?!\w)"),
        before_event=re.compile(rf"(?:^|\W){words('before_event')}\s+(?:[^\W\d]+\s+){{1,5}}$"),
        nth_on=frozenset(_bare(spell_out(word)) for word in lexicon.words("dates", "nth_on")),
        short_days=frozenset(lexicon.words("dates", "short_days")),
        numbers={**months, **days, **named, **seasons, **units, **ordinals},
        relations=relations,
    )


_NTH = {"en": r"\s?(?:st|nd|rd|th)", "de": r"\."}
_NTH_ENDS = (
    r"(?=\s*(?:$|[,;!?)\n\0]|\.(?!\d)|[-:]\s|(?:at|in|for|from|please|or|and|if|so|we|i|need|with|near|around|evening|morning"
    r"|in|bei|fur|mit|um|nachts|abends|gesucht|uhr|a|pour|avec|chez|para|con|en|por)\b))"
)


def _nth_pattern(lexicon: Lexicon, days: Mapping[str, str]) -> str:
    """ "The 14th", "Sat 28th", "am 14.", "le 14": a day of this month or the next."""
    suffix = _NTH.get(lexicon.language, "")
    weekday = rf"(?:(?P<w13>{any_of(days)})\.?,?\s+(?:(?:the|den|dem|le|el|dia)\s+)?)?"
    return rf"(?P<nth>{weekday}(?P<d13>\d{{1,2}}){suffix}{_NTH_ENDS})"


def find_days(text: Text, lexicon: Lexicon, *, today: date, country: str) -> tuple[Day, ...]:
    """Every day that something is needed by, the likeliest deadline first."""
    grammar, now = _grammar(lexicon), _Now(today, country)
    days = list(_days(text.plain, grammar, now))
    return tuple(sorted(days, key=lambda day: (-day.confidence, day.start)))


def _days(words: str, grammar: _Grammar, now: _Now) -> Iterator[Day]:
    for found in grammar.pattern.finditer(words):
        kind = next(kind for kind in _READERS if found[kind])
        said = grammar.relation.search(words, max(0, found.start() - 24), found.start())
        relation = grammar.relations[_bare(said["relation"])] if said else ""
        start = said.start("relation") if said else found.start()
        if _is_never(words, start, found.end(), relation, grammar) or _is_past(words, start, relation, grammar):
            continue
        if relation == "on" and grammar.before_event.search(words, max(0, start - 50), start):
            relation = "before"  # before term starts on 1 June
        is_usual = kind in {"weekday", "weekend"} and _is_usual(found, words, said[0] if said else "", grammar)
        is_vague = _is_vague(kind, relation, found, words, grammar) or (
            kind == "nth" and not _is_nth(found, relation, said, grammar)
        )
        is_short = kind == "weekday" and not relation and found["weekday"] in grammar.short_days
        stretch = None if is_usual or is_vague or is_short else _read(kind, found, grammar, now)
        if stretch:
            day, confidence = _deadline(stretch, relation, edge=_edge(found, grammar))
            yield Day(day, start, found.end(), confidence + (0.01 if kind in _EXACT else 0.0))


_EXACT = frozenset({"iso", "dmy", "mdy", "dots", "slash"})
_CLAUSE = re.compile(r"[.;!?:,()\n]\s|\s-\s")


def _is_past(words: str, start: int, relation: str, grammar: _Grammar) -> bool:
    """ "My warranty ran out in May": what has been is no deadline; its clause says so before the day."""
    if relation in {"by", "before"}:
        return False
    before = words[max(0, start - 160) : start]
    clause = before[max((stop.end() for stop in _CLAUSE.finditer(before)), default=0) :]
    after = _CLAUSE.split(words[start : start + 60], maxsplit=1)[0] if relation == "in" else ""
    has = _HAS.search(clause) if relation == "in" else None
    return has is not None or grammar.past.search(clause) is not None or _THERE_WAS.search(after) is not None


_HAS = re.compile(r"\b(?:hat|habe|haben|hatte|hatten)\s*$")
_THERE_WAS = re.compile(r"\b(?:there was|there were|we had|i had|it was|they were)\b")


def _is_never(words: str, start: int, end: int, relation: str, grammar: _Grammar) -> bool:
    """ "Every March", "since March", "ten years ago"; but "£9 each by March" is a day."""
    before = grammar.never_before.search(words, max(0, start - 16), start)
    if before and relation in {"by", "before"} and _EACH.search(before[0]):
        before = None
    return before is not None or grammar.never_after.match(words, end) is not None


_EACH = re.compile(r"(?:each|per|all|both|pro|par|por|alle|tous)\s*$")


def _is_nth(found: re.Match[str], relation: str, said: re.Match[str] | None, grammar: _Grammar) -> bool:
    """A number of a day alone needs a weekday or a word that speaks of days; "le 14" does, "les 4" does not."""
    if not 1 <= int(found["d13"]) <= 31:
        return False
    if found["w13"]:
        return True
    is_said = relation in {"by", "before", "on"}
    return is_said and (not grammar.nth_on or bool(said and _bare(said["relation"]) in grammar.nth_on))


def _is_usual(found: re.Match[str], words: str, before: str, grammar: _Grammar) -> bool:
    """ "Tuesday evenings", "le mercredi" and "for a weekend" name no day."""
    if not before and grammar.pair_after.match(words, found.end()):
        return True
    if not found["n11" if found["weekday"] else "n10"] and grammar.pair_before.search(
        words, max(0, found.start() - 30), found.start()
    ):
        return True
    if before.split()[-1:] and before.rsplit(maxsplit=1)[-1] in _ANY:
        return True
    return bool(grammar.usual_before.search(words, max(0, found.start() - 12), found.start())) or bool(
        grammar.usual_after.match(words, found.end())
    )


def _read(kind: str, found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch | None:
    try:
        return _READERS[kind](found, grammar, now)
    except ValueError:  # 31 February, week 99: no such day
        return None


def _edge(found: re.Match[str], grammar: _Grammar) -> bool:
    return any(found[name] for name in ("e5", "e6", "e7", "close"))


def _deadline(stretch: _Stretch, relation: str, *, edge: bool) -> tuple[date, float]:
    if relation == "before":
        return (stretch.last if edge else stretch.first - timedelta(days=1)), 0.97
    if relation == "by":
        return (stretch.last if edge else stretch.first), 0.97
    return stretch.last, 0.95 if relation else 0.93


def _is_vague(kind: str, relation: str, found: re.Match[str], words: str, grammar: _Grammar) -> bool:
    """A month, a season or a unit alone says nothing ("may", "winter coat", "week"), nor does 3/4."""
    if kind == "months":
        return not (relation or found["e6"] or found["n6"] or found["y6"])
    if kind == "feast":
        return not relation
    if kind == "season":
        return (relation in {"", "on"} and not found["n12"]) or _SOMETHING.match(words, found.end()) is not None
    if kind == "unit":
        return not (
            found["n7"]
            or found["a7"]
            or found["s7"]
            or found["b7"]
            or (found["e7"] and _is_end(found))
            or (_is_this(found, relation) and (relation or not _is_year(found, grammar)))
        )
    if kind in {"slash", "dots"}:
        year = found["y4"] or found["y3"]
        is_dots = kind == "dots" and words[found.end() - 1] == "."
        return not (relation in {"by", "before", "on"} or year or is_dots or _is_date_alone(kind, found, words))
    return kind == "weekend" and not (relation or found["n10"] or "this" in found[0] or " " in found[0].strip())


_SOMETHING = re.compile(
    r"\s+(?!and |or |if |for |in |at |on |please|term|holiday|break|20\d\d|next|so |we |i |this |to )[a-z]{3,}"
)
"""A "winter coat" and the "winter storms" are no season."""


def _is_date_alone(kind: str, found: re.Match[str], words: str) -> bool:
    """ "Movers, 12/5, Reno" is a day, a "3/4 inch pipe" is not."""
    ends = re.match(r"\s*(?:$|[,;.)\0])", words[found.end() :])
    return kind == "slash" and ends is not None and int(found["m4"]) not in {2, 4, 8, 16, 32} and int(found["d4"]) > 1


def _is_end(found: re.Match[str]) -> bool:
    return bool(found["t7"] or found["u7"])


def _is_year(found: re.Match[str], grammar: _Grammar) -> bool:
    return grammar.numbers[_bare(found["u7"])] == "unit_year"


def _is_this(found: re.Match[str], relation: str) -> bool:
    return bool(found["t7"] and _bare(found["t7"]) not in _ARTICLES) or (
        relation in {"before", "by"} and bool(found["t7"])
    )


_ANY = frozenset(("a", "an", "ein", "eine", "einen", "einem", "un", "una", "une"))
_ARTICLES = frozenset(
    [
        "a",
        "an",
        "one",
        "the",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "le",
        "la",
        "les",
        "un",
        "une",
        "el",
        "los",
        "las",
        "una",
        "l'",
    ]
)


def _number(grammar: _Grammar, said: str) -> int:
    return int(re.sub(r"\D", "", grammar.numbers[_bare(said)]))


def _in_future(year: int, month: int, day: int, now: _Now) -> date:
    found = date(year or now.today.year, month, day)
    return found.replace(year=found.year + 1) if not year and found < now.today else found


def _year(said: str | None) -> int:
    return (int(said) + 2000 if len(said) == 2 else int(said)) if said else 0


def _point(day: date) -> _Stretch:
    return _Stretch(day, day)


def _iso(found: re.Match[str], _: _Grammar, __: _Now) -> _Stretch:
    year, month, day = (int(part) for part in found["iso"].split("-"))
    return _point(date(year, month, day))


def _day_month(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    which = "1" if found["dmy"] else "2"
    month, day = _number(grammar, found[f"m{which}"]), int(found["d0"] or found[f"d{which}"])
    return _point(_in_future(_year(found[f"y{which}"]), month, day, now))


def _dots(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    return _point(_in_future(_year(found["y3"]), int(found["m3"]), int(found["d3"]), now))


def _slash(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    day, month = int(found["d4"]), int(found["m4"])
    if (now.country in MONTH_FIRST and day <= 12) or month > 12:
        day, month = month, day
    return _point(_in_future(_year(found["y4"]), month, day, now))


def _part(first: date, last: date, edge: str | None, ends: Mapping[str, str]) -> _Stretch:
    """The whole stretch, or its end, start or middle."""
    kind = ends.get(_bare(edge), "end") if edge else ""
    if kind == "end":
        return _Stretch(last, last)
    if kind == "middle":
        days = (last - first).days
        middle = first + timedelta(days=14 if 27 <= days <= 30 else days // 2)
        return _Stretch(middle, middle)
    return _Stretch(first, first + (last - first) // 4) if kind == "start" else _Stretch(first, last)


_ENDS = {
    **dict.fromkeys(
        ("start of", "the start of", "beginning of", "the beginning of", "early", "early in", "start"), "start"
    ),
    **dict.fromkeys(("first week of", "the first week of", "beginning of the", "start of the"), "start"),
    **dict.fromkeys(
        ("anfang", "anfang des", "debut", "au debut de", "debut du", "principios de", "a principios de"), "start"
    ),
    **dict.fromkeys(
        ("mid", "mid-", "middle of", "the middle of", "mid of", "mitte", "mitte des", "mi-", "mi"), "middle"
    ),
    **dict.fromkeys(("la mi", "mediados de", "a mediados de", "mitad de"), "middle"),
}


def _months(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    month = _number(grammar, found["m6"])
    year = _year(found["y6"]) or now.today.year + (month < now.today.month)
    return _part(date(year, month, 1), last_of_month(year, month), found["e6"], _ENDS)


def _quarter(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    quarter = int(found["q"][-1] if found["q"][-1].isdigit() else found["q"][1])
    year = _year(found["y5"]) or now.today.year + (quarter * 3 < now.today.month)
    return _part(date(year, quarter * 3 - 2, 1), last_of_month(year, quarter * 3), found["e5"], _ENDS)


def _unit(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    ahead = 2 if found["s7"] or found["b7"] else 1 if found["n7"] or found["a7"] else 0
    unit, today = grammar.numbers[_bare(found["u7"])], now.today
    if unit == "unit_week":
        monday = today + timedelta(days=7 * ahead - today.weekday())
        return _part(max(monday, today), monday + timedelta(days=4 if found["e7"] else 6), found["e7"], _ENDS)
    if unit == "unit_month":
        first = first_of_month(today.year, today.month + ahead)
        return _part(first, last_of_month(first.year, first.month), found["e7"], _ENDS)
    year = today.year + ahead
    return _part(date(year, 1, 1), date(year, 12, 31), found["e7"], _ENDS)


def _of_month(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    """The first Saturday in June; the fifth ordinal is "last"."""
    nth, weekday, month = (_number(grammar, found[name]) for name in ("o17", "w17", "m17"))

    def day(year: int) -> date:
        return last_of_month_weekday(year, month, weekday) if nth == 5 else nth_weekday(year, month, weekday, nth)

    return _point(day(_year(found["y17"])) if found["y17"] else next_one(day, now.today))


def _count(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch | None:
    said = found["c9"] or found["c8"]
    number, unit = int(said) if said.isdigit() else 1, grammar.numbers[_bare(found["u8"])]
    if unit in {"unit_month", "unit_year"}:
        month = now.today.month + number * (12 if unit == "unit_year" else 1)
        last = last_of_month(now.today.year, month)
        return _point(last.replace(day=min(last.day, now.today.day)))
    if unit == "unit_hour":
        return _point(now.today + timedelta(days=number // 24)) if number >= 12 else None
    return _point(now.today + timedelta(days=number * {"unit_day": 1, "unit_week": 7, "unit_fortnight": 14}[unit]))


def _soon(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    unit = grammar.numbers[_bare(found["u16"])]
    if unit == "unit_month":
        last = last_of_month(now.today.year, now.today.month + 1)
        return _point(last.replace(day=min(last.day, now.today.day)))
    return _point(now.today + timedelta(days={"unit_week": 7, "unit_fortnight": 14}[unit]))


def _close(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    today = now.today
    return _point(last_of_month(today.year, today.month if found["m14"] else 12))


def _iso_week(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    week = int(found["k15"])
    monday = date.fromisocalendar(now.today.year, week, 1)
    if monday + timedelta(days=6) < now.today:
        monday = date.fromisocalendar(now.today.year + 1, week, 1)
    return _Stretch(monday, monday + timedelta(days=6))


def _nth(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    """The next such day of a month: this one, or one of the following that is long enough."""
    day, today = int(found["d13"]), now.today
    for ahead in range(3):
        first = first_of_month(today.year, today.month + ahead)
        last = last_of_month(first.year, first.month)
        if day <= last.day and first.replace(day=day) >= today:
            return _point(first.replace(day=day))
    raise ValueError(day)


def _weekend(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    saturday = now.today + timedelta(days=(5 - now.today.weekday()) % 7)
    return _point(saturday + timedelta(days=7 if found["n10"] else 0))


def _weekday(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    weekday = _number(grammar, found["w11"])
    if found["s11"] or found["b11"]:
        return _point(now.today + timedelta(days=7 + ((weekday - now.today.weekday()) % 7 or 7)))
    if found["n11"] or found["a11"]:
        monday = now.today + timedelta(days=7 - now.today.weekday())
        return _point(monday + timedelta(days=weekday))
    return _point(now.today + timedelta(days=(weekday - now.today.weekday()) % 7 or 7))


def _feast(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    of_year = feasts(now.country)[grammar.numbers[_bare(found["feast"])]]
    return _point(next_one(of_year, now.today))


def _season(found: re.Match[str], grammar: _Grammar, now: _Now) -> _Stretch:
    first, last = _SEASONS[grammar.numbers[_bare(found["s12"])]]
    year = now.today.year + (last_of_month(now.today.year, last) < now.today)
    return _Stretch(date(year, first, 1), last_of_month(year, last))


def _near(found: re.Match[str], _: _Grammar, now: _Now) -> _Stretch:
    later = 7 if found["s_near"] or found["n_near"] else 0
    return _point(now.today + timedelta(days=later + (2 if found["day_after"] else 1 if found["tomorrow"] else 0)))


_READERS: Mapping[str, _Reader] = {
    "iso": _iso,
    "dmy": _day_month,
    "mdy": _day_month,
    "dots": _dots,
    "slash": _slash,
    "nth": _nth,
    "of_month": _of_month,
    "quarter": _quarter,
    "close": _close,
    "iso_week": _iso_week,
    "soon": _soon,
    "months": _months,
    "unit": _unit,
    "count": _count,
    "weekend": _weekend,
    "weekday": _weekday,
    "feast": _feast,
    "season": _season,
    "near": _near,
}
