"""Lines: interests and intents as JSON lines, and the matches written as such."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evenhand.errors import EvenhandError
from evenhand.intents import wish as wishes
from evenhand.intents.wish import Wish
from evenhand.interests import interest as interests
from evenhand.interests.interest import Interest
from evenhand.matching.fit import NEUTRAL
from evenhand.matching.match import Match
from evenhand.matching.rates import Rates
from evenhand.plain import Record, RecordUnreadableError, decimal_in, record_in, text_in

SCORE_DIGITS = 4


class LineUnreadableError(EvenhandError):
    """A line of a file is no JSON, or not of the shape that it must have."""

    code = "line_unreadable"  # data: file, line, field


@dataclass(frozen=True, slots=True)
class InterestLine:
    """One line of a file of interests; ``experience`` is 0 to 1, ``vendor`` a name, ``sentence`` how it is said."""

    id: str
    interest: Interest
    experience: float = NEUTRAL
    vendor: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class IntentLine:
    """One line of a file of intents; ``terms`` is the roster id of the proffered terms."""

    id: str
    wish: Wish
    terms: str = ""


def read_interests(lines: Iterable[str], *, file: str = "") -> Iterator[InterestLine]:
    """Interests line by line; fields that a line leaves out are empty, and empty lines are skipped.

    Raises:
        LineUnreadableError: a line is no JSON object, lacks its id, or names a field that we do not know.
    """
    nothing = interests.as_record(Interest())
    blank = {"id": None, "experience": str(NEUTRAL), "interest": nothing, "vendor": "", "sentence": ""}
    for number, record in _records(lines, file):
        try:
            known = _complete(blank, record)
            interest = interests.from_record(record_in(known, "interest"))
            experience = float(decimal_in(known, "experience"))
            words = (text_in(known, name) for name in ("vendor", "sentence"))
            yield InterestLine(text_in(known, "id"), interest, experience, *words)
        except RecordUnreadableError as error:
            raise LineUnreadableError(file=file, line=number, **error.data) from error


def read_intents(lines: Iterable[str], *, file: str = "") -> Iterator[IntentLine]:
    """Intents line by line, as interests are read.

    Raises:
        LineUnreadableError: a line is no JSON object, lacks its id, or names a field that we do not know.
    """
    blank = wishes.as_record(Wish())
    for number, record in _records(lines, file):
        try:
            known = _complete({"id": None, "terms": "", "wish": blank}, record)
            wish = wishes.from_record(record_in(known, "wish"))
            yield IntentLine(text_in(known, "id"), wish, text_in(known, "terms"))
        except RecordUnreadableError as error:
            raise LineUnreadableError(file=file, line=number, **error.data) from error


def read_rates(lines: Iterable[str], *, file: str = "") -> Rates:
    """Rates line by line: an object of currencies with how much of each, as text, one unit of a common reference buys.

    Raises:
        LineUnreadableError: a line is no JSON object, or a rate is not above nothing.
    """
    rates: dict[str, Decimal] = {}
    for number, record in _records(lines, file):
        try:
            rates |= {currency: _rate_in(record, currency) for currency in record}
        except RecordUnreadableError as error:
            raise LineUnreadableError(file=file, line=number, **error.data) from error
    return Rates(rates)


def match_line(intent: str, total: int, best: Iterable[tuple[str, Match]]) -> str:
    """One intent's answer as a line: how many match in all, and the best of them with score and reasons."""
    matches = [_match_record(id_, match) for id_, match in best]
    return json.dumps({"intent": intent, "total": total, "matches": matches}, ensure_ascii=False)


def _match_record(id_: str, match: Match) -> Record:
    return {
        "interest": id_,
        "score": f"{match.score:.{SCORE_DIGITS}f}",
        "accepts_terms": match.accepts_terms,
        "reasons": [{"code": reason.code, "data": dict(reason.data)} for reason in match.reasons],
    }


def _rate_in(record: Record, currency: str) -> Decimal:
    rate = decimal_in(record, currency)
    if rate <= 0:
        raise RecordUnreadableError(field=currency)
    return rate


def _records(lines: Iterable[str], file: str) -> Iterator[tuple[int, Record]]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise LineUnreadableError(file=file, line=number, field="") from error
        if not isinstance(record, dict):
            raise LineUnreadableError(file=file, line=number, field="")
        yield number, record


def _complete(blank: Record, given: Record) -> Record:
    """What is given, and what is blank where nothing is; nested records likewise."""
    for name in given:
        if name not in blank:
            raise RecordUnreadableError(field=name)
    return {name: _completed(value, given[name]) if name in given else value for name, value in blank.items()}


def _completed(blank: object, given: object) -> object:
    return _complete(blank, given) if isinstance(blank, Mapping) and isinstance(given, Mapping) else given
