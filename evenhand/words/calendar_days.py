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
        "fathers_day": lambda year: nth_weekday(year, 6, 6, 3),
        "thanksgiving": lambda year: nth_weekday(year, 11, 3, 4),
        "black_friday": lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1),
        "independence_day": lambda year: date(year, 7, 4),
        "bastille_day": lambda year: date(year, 7, 14),
        "bonfire_night": lambda year: date(year, 11, 5),
    }


def next_one(of_year: Callable[[int], date], today: date) -> date:
    """The first such day that is today or later."""
    day = of_year(today.year)
    return day if day >= today else of_year(today.year + 1)
