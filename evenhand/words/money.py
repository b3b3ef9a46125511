"""Amounts of money and the budget they make: symbols, words, thousands, ranges, "a month", "18 an hour"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice

from evenhand.measures import Budget, decimals_of
from evenhand.words.lexicon import Lexicon, any_of
from evenhand.words.text import COVERED, Text, spell_out

SYMBOLS = {
    "£": "GBP", "€": "EUR", "$": "dollar", "us$": "USD", "a$": "AUD", "au$": "AUD", "c$": "CAD", "ca$": "CAD",
    "nz$": "NZD", "s$": "SGD", "hk$": "HKD", "r$": "BRL", "₹": "INR", "¥": "JPY", "₦": "NGN", "₺": "TRY", "₪": "ILS",
    "₱": "PHP", "₩": "KRW", "฿": "THB", "₴": "UAH", "₫": "VND", "₵": "GHS", "zł": "PLN", "zl": "PLN", "kc": "CZK",
    "ft": "HUF", "chf": "CHF", "sfr": "CHF", "fr.": "CHF", "ksh": "KES", "rs": "INR", "rs.": "INR", "mx$": "MXN",
    "r": "ZAR", "lkr": "LKR", "bdt": "BDT", "egp": "EGP", "vnd": "VND", "idr": "IDR", "rp": "IDR", "myr": "MYR",
    "rm": "MYR", "twd": "TWD", "krw": "KRW", "cop": "COP", "ars": "ARS", "clp": "CLP", "pen": "PEN", "s/": "PEN",
    "xof": "XOF", "xaf": "XAF", "mad": "MAD", "dh": "MAD", "isk": "ISK", "bgn": "BGN", "uah": "UAH", "n": "NGN",
}  # fmt: skip
"""What is written beside an amount; names in lower case say a family of currencies that the country decides."""

_HUNDREDTHS = {
    **dict.fromkeys(("p", "pence"), "GBP"),
    **dict.fromkeys(("cent", "cents", "ct", "centimes", "centimos"), "cents"),
}
"""Written after small amounts; cents are a hundredth of what the country has."""

_MOST = 40
"""Amounts that are looked at; a text with more states no budget."""

ABOUT = 0.91
"""How sure of a number that only an "about" makes a budget."""

_HUNDRED, _THOUSAND = 100, 1000
_HUNDREDS = re.compile(r"(?:hundred|hundert|centaine|cents|cientos)$")
_THOUSANDS = re.compile(r"(?:thousand|tausend|mille|\bmil)$")
"""Words that are digits by the time amounts are read, and still tell that money is meant."""

_AFTERNOON = re.compile(r"\s*p\.?m\b")

LEAST = {"ZAR": 30, "NGN": 100, "HUF": 100}
"""An R or an N before a smaller number is no currency, and 6 ft are feet."""

_ONLY_BEFORE = frozenset({"r", "n", "rm", "s/", "rp", "a$", "c$", "s$"})
_ONLY_AFTER = frozenset({"ft", "zl", "kc", "dh"})
_NUMBER = r"(?:\d{1,3}(?:[.,'\u2019 ]\d{3})+(?![\d])(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d{1,2}(?!\d))?)"
_SHORT = frozenset({"k", "m"})
_NOT_AFTER_K = re.compile(
    r"\s*(?:tvs?|television|monitor|video|screen|camera|projector|footage|run|race|display|uhd|miles?|mls|kms?|kilomet(?:er|re)s?|clicks|steps|followers|words|people)\b"
)
_ENDS = re.compile(r"\s*(?:$|[.,;:!?)(\n\0-]|(?:for|in|and|but|on|all|or|so|total|max|ish|ok|please|para|pour|fur)\b)")


@dataclass(frozen=True, slots=True)
class Amounts:
    """One budget as said: amounts in major units, ``currency`` a code, a family of currencies or empty."""

    least: Decimal
    most: Decimal
    currency: str
    period: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Grammar:
    amount: re.Pattern[str]
    cue: re.Pattern[str]
    after: re.Pattern[str]
    period: re.Pattern[str]
    per: re.Pattern[str]
    itself: re.Pattern[str]
    between: re.Pattern[str]
    label: re.Pattern[str]
    notes: Mapping[str, str]
    not_budget: re.Pattern[str]
    currencies: Mapping[str, str]
    magnitudes: Mapping[str, Decimal]
    periods: Mapping[str, str]
    kinds: Mapping[str, str]
    ranges: frozenset[str]
    weights: re.Pattern[str]


def _keyed(lexicon: Lexicon, keys: Sequence[str]) -> dict[str, str]:
    return {" ".join(spell_out(word).split()): key for key in keys for word in lexicon.words("money", key)}


@lru_cache(maxsize=16)
def _grammar(lexicon: Lexicon) -> _Grammar:
    table = lexicon.tables["money"]
    periods = _keyed(lexicon, ("unit", "hour", "day", "week", "month", "year"))
    currencies = _keyed(lexicon, [key for key in table if key.isupper() or key in _FAMILIES])
    magnitudes = {spell_out(word): Decimal(key) for key in table if key.isdigit() for word in table[key]}
    magnitudes |= dict.fromkeys(_HUNDREDTHS, Decimal("0.01"))
    kinds = _keyed(lexicon, ("budget", "about", "least", "most"))
    notes = {
        spell_out(word): key.removeprefix("note") for key in table if key.startswith("note") for word in table[key]
    }
    itself = any_of(lexicon.words("money", "itself"))
    before = any_of({*currencies, *SYMBOLS} - _ONLY_AFTER)
    after = any_of({*currencies, *SYMBOLS} - _ONLY_BEFORE)
    per = any_of(lexicon.words("money", "per"))
    amount = (
        rf"(?<![\w.,/])(?<![^\W\d_][a-z]-)(?<![^\w][a-z]-)(?<!^[a-z]-)(?:(?<!\w)(?P<before>{before})\s?)?(?P<number>{_NUMBER}|{any_of(notes)}(?!\w))"
        rf"(?P<half>\s?(?:and\sa\shalf|einhalb|et\sdemie?|y\smedi[ao])(?=\s))?"
        rf"(?:\s?(?P<times>{any_of(magnitudes)})(?!\w|/[hdwm]\b|\.[a-z]))?"
        rf"(?:\s{any_of(lexicon.words('money', 'weight'))}(?=\s?{after}))?"
        rf"(?:[,.]-+)?(?:\s?(?P<after>{after})(?![\w$])(?:\s(?P<cents>\d\d)(?=\s*(?:$|[,.;)!?\n\0]|{per}\b)))?)?(?P<ish>\s?-?ish\b)?(?:(?={itself}(?!\w))|(?![\w%]|-[a-z]))"
    )
    return _Grammar(
        amount=re.compile(amount),
        cue=re.compile(rf"(?:^|(?<=[^\w]))(?P<cue>{any_of(kinds)})\s*[:=]?\s*(?:{any_of(kinds)}\s*[:=]?\s*)?$"),
        after=re.compile(rf"[\s,(]*{any_of(lexicon.words('money', 'after'))}(?!\w)"),
        period=re.compile(
            r"(?!\s*(?:for\s+(?:a|one)\s+\w+\s+of\b|flat\b))"
            rf"(?:\s*(?:(?:{per})\s*)?(?P<period>{any_of(periods)})(?!\w)|\s*(?P<per>/|{per})\s+(?=[a-z]))"
        ),
        per=re.compile(rf"\s*(?:/|{per})"),
        itself=re.compile(rf"\s*{itself}(?!\w)"),
        between=re.compile(rf"(?:^|\W){any_of(lexicon.words('money', 'between'))}\s+$"),
        label=re.compile(
            rf"(?:^|\W)(?:{any_of((*lexicon.words('quantities', 'label'), *_MODEL_WORDS))})(?:\s(?:uk|eu|us))?\s+$"
        ),
        notes=notes,
        not_budget=re.compile(rf"(?:^|\W){any_of(lexicon.words('money', 'not'))}(?!\w)[^\w,;]{{0,3}}(?:\w+[^\w,;]+)?$"),
        currencies={**SYMBOLS, **currencies},
        magnitudes=magnitudes,
        periods=periods,
        kinds=kinds,
        ranges=frozenset(spell_out(word) for word in lexicon.words("money", "range")),
        weights=re.compile(rf"\s+{any_of(lexicon.words('money', 'weight'))}\s+(?!course)"),
    )


_MODEL_WORDS = ("ages", "sizes", "from", "hp", "canon", "epson", "brother", "din", "iso", "en", "seite", "art")
"""What stands before two numbers that are no money."""

_FAMILIES = frozenset({"dollar", "krone", "peso", "shilling", "franc"})


@dataclass(frozen=True, slots=True)
class _Amount:
    value: Decimal
    number: str
    currency: str
    times: str
    cue: str
    after: bool
    ish: bool
    start: int
    end: int


def find_amounts(text: Text, lexicon: Lexicon) -> tuple[Amounts, ...]:
    """Every budget that the text states, in its order."""
    grammar = _grammar(lexicon)
    return tuple(_budgets(text.plain, grammar, list(_amounts(text, grammar))))


def _amounts(text: Text, grammar: _Grammar) -> Iterator[_Amount]:
    words = text.plain
    for found in islice(grammar.amount.finditer(words), _MOST):
        amount = _amount(words, found, grammar)
        if not amount.times and amount.value >= _THOUSAND and _THOUSANDS.search(text.said(*found.span("number"))):
            amount = replace(amount, times="k")
        elif not amount.times and amount.value >= _HUNDRED and _HUNDREDS.search(text.said(*found.span("number"))):
            amount = replace(amount, times="100")
        if amount.times in _HUNDREDTHS and amount.value > 1:
            continue  # 1080p
        if (
            amount.currency == "GBP"
            and not found["before"]
            and "pound" in found[0]
            and _is_weight(words, found, grammar)
        ):
            continue
        yield amount


def _is_weight(words: str, found: re.Match[str], grammar: _Grammar) -> bool:
    """Five pounds of apples."""
    return grammar.weights.match(words, found.end()) is not None


def _amount(words: str, found: re.Match[str], grammar: _Grammar) -> _Amount:
    start, end = found.span()
    said = (found["before"] or found["after"] or "").strip()
    cue = grammar.cue.search(words, max(0, start - 40), start)
    times = found["times"] or ""
    note = grammar.notes.get(" ".join(found["number"].split()), "")
    half = Decimal("0.5") if found["half"] else Decimal(0)
    value = (_decimal(note or found["number"]) + half) * grammar.magnitudes.get(times, Decimal(1))
    if found["cents"]:
        value += Decimal(found["cents"]) / 100  # 3 pounds 20
    kind = grammar.kinds.get(" ".join(cue["cue"].split()), "") if cue else ""
    if cue:
        start = cue.start("cue") if kind != "budget" else start
    said_after = grammar.after.match(words, end)
    after = said_after is not None and (value >= _LEAST_ALONE or "," not in said_after[0])
    currency = grammar.currencies.get(" ".join(said.split()), _HUNDREDTHS.get(times, ""))
    return _Amount(
        value,
        note or found["number"],
        currency,
        times or ("note" if note else ""),
        kind,
        after,
        bool(found["ish"]),
        start,
        end,
    )


def _decimal(number: str) -> Decimal:
    """4.500 and 40 000 are thousands, 2.10 and 2,5 are not."""
    number = re.sub(r"['\u2019 ]", "", number)
    whole, mark, cents = number, "", ""
    if match := re.fullmatch(r"(.*)([.,])(\d{1,2})", number):
        whole, mark, cents = match.groups()
    whole = re.sub(r"[.,]", "", whole)
    return Decimal(f"{whole}.{cents}" if mark else whole)


def _budgets(words: str, grammar: _Grammar, amounts: list[_Amount]) -> Iterator[Amounts]:
    at = 0
    while at < len(amounts):
        one = amounts[at]
        other = amounts[at + 1] if at + 1 < len(amounts) else None
        if other and _is_range(words, one, other, grammar):
            budget = _range(words, one, other, grammar)
            at += 1
        else:
            budget = _single(words, one, grammar)
        at += 1
        if budget:
            yield budget


def _is_range(words: str, one: _Amount, other: _Amount, grammar: _Grammar) -> bool:
    number = re.match(r"[^\d]*", words[one.end :])
    between = words[one.end : one.end + (number.end() if number else 0)]
    for sign in [sign for sign in SYMBOLS if sign in between]:
        between = re.sub(rf"(?<!\w){re.escape(sign)}(?!\w)", "", between)
    return between.strip() in grammar.ranges and (other.value >= one.value or bool(other.times))


def _range(words: str, one: _Amount, other: _Amount, grammar: _Grammar) -> Amounts | None:
    least = one.value
    if other.times in grammar.magnitudes and not one.times and least < 1000:
        least *= grammar.magnitudes[other.times]
    times = other.times
    is_in_words = other.times in {"", "100"}
    if is_in_words and not (one.times or one.currency) and (step := _step(one.value, other.value)):
        least, times = least * step, times or "k"
    whole = replace(
        other,
        times=times,
        start=one.start,
        cue=one.cue or other.cue,
        currency=other.currency or one.currency,
        after=other.after or one.cue == "least",
    )
    budget = _single(words, whole, grammar) or _bare_range(words, one, whole, grammar)
    return replace(budget, least=min(least, other.value), most=max(least, other.value)) if budget else None


def _bare_range(words: str, one: _Amount, whole: _Amount, grammar: _Grammar) -> Amounts | None:
    """ "Metal detector, Colchester, 100-150": two round numbers before a comma are money."""
    is_round = one.value >= 20 and one.value % 5 == whole.value % 5 == 0 and whole.value > one.value
    ends = re.match(r"\s*(?:$|[,.;)\0])", words[whole.end :])
    before = words[max(0, one.start - 30) : one.start]
    if not (is_round and ends) or grammar.not_budget.search(before) or grammar.label.search(before):
        return None
    between = grammar.between.search(before)
    start = one.start - len(before) + between.start() if between else one.start
    return Amounts(Decimal(0), whole.value, "", "", start, whole.end, 0.9)


_ALONE = re.compile(rf"(?:^|(?:(?<!\d)[,;.:(]|\0)\s*|[,;.:]\s+)(?P<n>{_NUMBER})\s*(?=$|[,;.)!?\0\n])(?!\.\d)")
_PERSON = re.compile(
    r"(?:mum|dad|son|daughter|boy|girl|nephew|niece|gran|sohn|tochter|fils|fille|hijo|hija|aged?|born)\W*$"
)
_LEAST_ALONE = 10


def find_alone(text: Text) -> Amounts | None:
    """ "Cordless drill, Leeds, 80": the last number that stands alone between commas, for want of any other amount."""
    found = None
    for found in _ALONE.finditer(text.plain):  # noqa: B007 - the last one counts
        pass
    if not found or _PERSON.search(text.plain, max(0, found.start() - 12), found.start("n")):
        return None
    value = _decimal(found["n"])
    is_year = len(found["n"]) == 4 and 1950 <= value <= 2040 and value % 50 != 0
    beside_place = text.plain[: found.start("n")].rstrip(" ").endswith(COVERED)
    is_code = len(found["n"]) >= 5 and found["n"].isdigit() and (value % 50 != 0 or beside_place)
    if value < _LEAST_ALONE or is_year or is_code:
        return None
    return Amounts(Decimal(0), value, "", "", found.start("n"), found.end("n"), 0.9)


def _step(least: Decimal, most: Decimal) -> int:
    """ "3 to 4 thousand" reads 3 to 4000 by now: the thousand is meant twice."""
    for step in (1000, 100):
        if most % step == 0 and least < 100 and least * step < most < 100 * step:
            return step
    return 0


def _single(words: str, one: _Amount, grammar: _Grammar) -> Amounts | None:
    end, period = _period(words, one, grammar)
    confidence = _confidence(words, one, period, end, grammar)
    if one.value < LEAST.get(one.currency, 0):
        return None  # R16 is a size
    if confidence <= 0 or one.value <= 0 or grammar.not_budget.search(words, max(0, one.start - 30), one.start):
        return None
    least, most = (one.value, Decimal(0)) if one.cue == "least" else (Decimal(0), one.value)
    after = grammar.after.match(words, end) if one.after else None
    return Amounts(least, most, one.currency, period, one.start, after.end() if after else end, confidence)


def _period(words: str, one: _Amount, grammar: _Grammar) -> tuple[int, str]:
    """What the amount is per; "per user per month" is per month."""
    end, period = one.end, ""
    after = grammar.after.match(words, end)
    if after and (found := grammar.period.match(words, after.end())) and found["period"]:
        end = after.end()
    while found := grammar.period.match(words, end):
        if not found["period"]:
            is_each = found["per"] in _EACH or _is_one_of_them(words, found.end())
            return (end, period) if period or not one.currency else (end, "unit" if is_each else "")
        period = grammar.periods[" ".join(found["period"].split())] if period in {"", "unit"} else period
        end = found.end()
    return end, period


def _is_one_of_them(words: str, at: int) -> bool:
    """ "Pint glasses, two quid a glass"."""
    noun = re.match(r"[a-z]{3,}", words[at:])
    return noun is not None and re.search(rf"(?<!\w){noun[0]}e?s(?!\w)", words) is not None


_EACH = frozenset({"/", "per", "each", "pro", "par", "por", "je"})


def _confidence(words: str, one: _Amount, period: str, end: int, grammar: _Grammar) -> float:
    """How surely this is a budget; 0 for a number that only looks like one."""
    if one.currency:
        return 0.97 if one.cue or one.after or period else 0.95
    after = words[one.end :]
    is_per = bool(period) and (grammar.per.match(after) or grammar.itself.match(after)) is not None
    if (
        ("." in one.number[-3:-2] and not is_per)
        or len(one.number) > 9
        or (one.times in _SHORT and _NOT_AFTER_K.match(after))
    ):
        return 0.0
    if is_per and one.value <= 12 and _AFTERNOON.match(after):
        return 0.0
    ends = is_per or one.ish or one.after or _ENDS.match(words, end) is not None
    return _bare_confidence(one, period if is_per else "", ends=ends and (is_per or not period))


def _bare_confidence(one: _Amount, period: str, *, ends: bool) -> float:
    """Without a currency a number needs a word that speaks of money, a period or thousands."""
    if one.cue in {"budget", "most"} or one.after or one.ish:
        return 0.93 if ends else 0.0
    if period in {"hour", "day", "week", "month", "year"}:
        return 0.92 if one.value >= 5 else 0.0
    if one.times:  # 200m is a length
        return 0.9 if (ends or one.times in {"k", "note"}) and one.times != "m" else 0.0
    return ABOUT if one.cue == "about" and ends and one.value >= 10 else 0.0


def to_budget(amounts: Amounts, *, country: str, currencies: Mapping[str, str]) -> Budget:
    """In minor units, with the currency that the text, the place's country or the person's country says."""
    currency = currency_of(amounts.currency, country, currencies)
    scale = decimals_of(currency)
    least, most = (int(value.scaleb(scale).to_integral_value()) for value in (amounts.least, amounts.most))
    return Budget(least, most, currency, amounts.period)


def currency_of(said: str, country: str, currencies: Mapping[str, str]) -> str:
    """The ISO 4217 code; a family such as dollars is decided by the country."""
    if said.isupper() and said not in {"INR", "JPY"}:
        return said
    here = currencies.get(country, "")
    if not said:
        return here
    if said in _MEMBERS:
        return here if here in _MEMBERS[said] else _MEMBERS[said][0]
    return here


_MEMBERS = {
    "dollar": ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "JMD", "TTD", "BBD", "FJD", "NAD", "ARS", "CLP",
               "COP", "BRL", "XCD", "BSD", "BZD", "GYD"),
    "krone": ("SEK", "NOK", "DKK", "ISK"),
    "peso": ("MXN", "ARS", "COP", "CLP", "PHP", "UYU", "DOP", "CUP"),
    "shilling": ("KES", "UGX", "TZS", "SOS"),
    "franc": ("XOF", "XAF"),
    "INR": ("INR", "PKR", "LKR", "NPR", "MUR"),
    "JPY": ("JPY", "CNY"),
}  # fmt: skip
