"""Fields of a wish as people write them: a place with its reach, a budget, an amount, a day."""

from datetime import date
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from evenhand.measures import Area, Budget, Money, Quantity
from evenhand_server.messages import say, write_money


def describe_area(area: Area) -> str:
    """Hull, within 10 km; anywhere in GB; anywhere."""
    if area.is_circle:
        return _("%(place)s, within %(km)s km") % {"place": area.name, "km": f"{area.radius_km:g}"}
    if area.country:
        return _("anywhere in %(country)s") % {"country": area.name or area.country}
    return _("anywhere")


def describe_budget(budget: Budget) -> str:
    """Up to £500; £200 to £500; from £200; with a period a month."""
    least = write_money(Money(budget.least, budget.currency))
    most = write_money(Money(budget.most, budget.currency))
    if budget.least and budget.most:
        amount = _("%(least)s to %(most)s") % {"least": least, "most": most}
    elif budget.most:
        amount = _("up to %(most)s") % {"most": most}
    else:
        amount = _("from %(least)s") % {"least": least}
    return f"{amount} {say(f'per_{budget.period}')}" if budget.period else amount


def describe_quantity(quantity: Quantity) -> str:
    """40, or 5 kg."""
    number = plain_number(quantity.value)
    return f"{number} {quantity.unit}" if quantity.unit else number


def plain_number(value: Decimal) -> str:
    """A decimal without needless zeros."""
    return f"{value.normalize():f}"


def describe_day(day: date) -> str:
    """Sunday 22 November 2026."""
    return formats.date_format(day, "l j F Y")
