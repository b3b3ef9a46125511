"""Money of several currencies: what the operator says one is in another, read once."""

import re
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from evenhand.matching.rates import NO_RATES, Rates

PART = re.compile(r"(?P<currency>[A-Z]{3})\s*=\s*(?P<rate>[0-9]{1,12}(?:\.[0-9]{1,12})?)")


def rates_here() -> Rates:
    """What money is worth on this server; without any, two currencies are not compared."""
    return read_money(settings.EXCHANGE_RATES)


@cache
def read_money(text: str) -> Rates:
    """What ``EVENHAND_EXCHANGE_RATES`` says: ``EUR=1, GBP=0.86, USD=1.08``, how much of each buys the same."""
    parts = list(filter(None, map(str.strip, text.split(","))))
    if not parts:
        return NO_RATES
    rates: dict[str, Decimal] = {}
    for part in parts:
        found = PART.fullmatch(part)
        if found is None or not Decimal(found["rate"]) or found["currency"] in rates:
            raise ImproperlyConfigured(
                f"EVENHAND_EXCHANGE_RATES: “{part}” is no rate, or stands there twice. Write EUR=1, GBP=0.86, USD=1.08."
            )
        rates[found["currency"]] = Decimal(found["rate"])
    return Rates(rates)
