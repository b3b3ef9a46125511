"""Days that move from year to year, and the one that comes next."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday of the western churches. Source: the anonymous Gregorian computus (Nature, 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    month, day = divmod(h + m - 7 * ((a + 11 * h + 22 * m) // 451) + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The first (1), second (2) ... such weekday of a month; Monday is 0."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month; months beyond December run into the next years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, monthrange(year, month)[1])


def first_of_month(year: int, month: int) -> date:
    """The first day of a month; months beyond December run into the next years."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _mothers_day(country: str) -> Callable[[int], date]:
    if country in {"GB", "IE"}:
        return lambda year: easter(year) - timedelta(days=21)
    if country in {"ES", "PT"}:
        return lambda year: nth_weekday(year, 5, 6, 1)
    return lambda year: last_of_month_weekday(year, 5, 6) if country == "FR" else nth_weekday(year, 5, 6, 2)


def last_of_month_weekday(year: int, month: int, weekday: int) -> date:
    """The last such weekday of a month."""
    last = last_of_month(year, month)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def feasts(country: str) -> Mapping[str, Callable[[int], date]]:
    """Days people plan by, each as a function of the year."""
    return {
        "christmas": lambda year: date(year, 12, 25),
        "christmas_eve": lambda year: date(year, 12, 24),
        "new_year": lambda year: date(year, 1, 1),
        "epiphany": lambda year: date(year, 1, 6),
        "saint_nicholas": lambda year: date(year, 12, 6),
        "easter": easter,
        "good_friday": lambda year: easter(year) - timedelta(days=2),
        "ascension": lambda year: easter(year) + timedelta(days=39),
        "pentecost": lambda year: easter(year) + timedelta(days=49),
        "valentine": lambda year: date(year, 2, 14),
        "halloween": lambda year: date(year, 10, 31),
        "all_saints": lambda year: date(year, 11, 1),
        "mothers_day": _mothers_day(country),
        "fathers_day": _fathers_day(country),
        "thanksgiving": lambda year: nth_weekday(year, 11, 3, 4),
        "black_friday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1),
        "independence_day": lambda year: date(year, 7, 4),
        "bastille_day": lambda year: date(year, 7, 14),
        "bonfire_night": lambda year: date(year, 11, 5),
        "new_years_eve": lambda year: date(year, 12, 31),
        "boxing_day": lambda year: date(year, 12, 26),
        "advent": lambda year: _advent(year, 1),
        "advent2": lambda year: _advent(year, 2),
        "advent3": lambda year: _advent(year, 3),
        "advent4": lambda year: _advent(year, 4),
        "martin": lambda year: date(year, 11, 11),
        "remembrance": lambda year: nth_weekday(year, 11, 6, 2),
        "carnival": lambda year: easter(year) - timedelta(days=48),
        "pancake_day": lambda year: easter(year) - timedelta(days=47),
        "lent": lambda year: easter(year) - timedelta(days=46),
        "easter_monday": lambda year: easter(year) + timedelta(days=1),
        "candlemas": lambda year: date(year, 2, 2),
        "burns_night": lambda year: date(year, 1, 25),
        "st_patrick": lambda year: date(year, 3, 17),
        "half_term": half_term,
        "may_day": lambda year: nth_weekday(year, 5, 0, 1),
        "may_first": lambda year: date(year, 5, 1),
        "spring_holiday": lambda year: last_of_month_weekday(year, 5, 0),
        "memorial_day": lambda year: last_of_month_weekday(year, 5, 0),
        "august_holiday": lambda year: last_of_month_weekday(year, 8, 0),
        "labor_day": lambda year: nth_weekday(year, 9, 0, 1),
        "cyber_monday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=4),
        "australia_day": lambda year: date(year, 1, 26),
        "anzac_day": lambda year: date(year, 4, 25),
        "canada_day": lambda year: date(year, 7, 1),
        "unity_day": lambda year: date(year, 10, 3),
        "music_day": lambda year: date(year, 6, 21),
        "san_juan": lambda year: date(year, 6, 24),
        "assumption": lambda year: date(year, 8, 15),
        "hispanidad": lambda year: date(year, 10, 12),
        "muertos": lambda year: date(year, 11, 2),
        "constitution_day": lambda year: date(year, 12, 6),
        "ramadan": lambda year: _islamic(year, 9, 1),
        "eid": lambda year: _islamic(year, 10, 1),
    }


def _fathers_day(country: str) -> Callable[[int], date]:
    if country in {"DE", "AT"}:
        return (lambda year: easter(year) + timedelta(days=39)) if country == "DE" else _second_sunday_of_june
    if country in {"ES", "PT", "IT"}:
        return lambda year: date(year, 3, 19)
    return (lambda year: nth_weekday(year, 9, 6, 1)) if country in {"AU", "NZ"} else _third_sunday_of_june


def _second_sunday_of_june(year: int) -> date:
    return nth_weekday(year, 6, 6, 2)


def _third_sunday_of_june(year: int) -> date:
    return nth_weekday(year, 6, 6, 3)


def _advent(year: int, sunday: int) -> date:
    """The first to fourth Sunday of Advent; the fourth is the last before Christmas Day."""
    christmas = date(year, 12, 25)
    return christmas - timedelta(days=christmas.weekday() + 1 + 7 * (4 - sunday))


def half_term(year: int) -> date:
    """The first Monday of the February holidays of most English schools."""
    return nth_weekday(year, 2, 0, 3)


def _islamic(year: int, month: int, day: int) -> date:
    """A day of the tabular Islamic calendar that begins in a year of ours; the moon may move it by one."""
    for islamic_year in range(int((year - 622) * 33 / 32) - 1, int((year - 622) * 33 / 32) + 3):
        days = (islamic_year - 1) * 354 + (3 + 11 * islamic_year) // 30 + (59 * (month - 1) + 1) // 2 + day
        found = date.fromordinal(227014 + days)
        if found.year == year:
            return found
    return date(year, 12, 31)


def next_one(of_year: Callable[[int], date], today: date) -> date:
    """The first such day that is today or later."""
    day = of_year(today.year)
    return day if day >= today else of_year(today.year + 1)
