"""Every sentence people read for a code: errors, doubts, reasons, findings, events; translatable, with named data."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.measures import Money, decimals_of

MINUS = "\N{MINUS SIGN}"
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥", "INR": "₹", "CHF": "CHF ", "SEK": "SEK ", "DKK": "DKK "}

CONDITIONS = (
    ("new", _("New")),
    ("used", _("Used")),
    ("refurbished", _("Refurbished")),
    ("hire", _("For hire")),
    ("repair", _("Repair")),
)
PERIODS = (
    ("", _("once, for all of it")),
    ("unit", _("piece")),
    ("hour", _("hour")),
    ("day", _("day")),
    ("week", _("week")),
    ("month", _("month")),
    ("year", _("year")),
)
CURRENCIES = tuple((code, code) for code in ("GBP", "EUR", "USD", "CHF", "SEK", "DKK", "NOK", "PLN", "JPY", "INR"))
LANGUAGES = (("en", _("English")), ("de", _("German")), ("fr", _("French")), ("es", _("Spanish")), ("cy", _("Welsh")))
VALUES = (
    ("fair_trade", _("Fair trade")),
    ("ethical", _("Ethical")),
    ("organic", _("Organic")),
    ("b_corp", _("B Corp")),
    ("gots", _("GOTS textiles")),
    ("fsc", _("FSC wood and paper")),
    ("sustainable", _("Sustainable")),
    ("local", _("Local")),
    ("second_hand", _("Second-hand")),
    ("vegan", _("Vegan")),
    ("cruelty_free", _("Cruelty-free")),
    ("recycled", _("Recycled")),
    ("plastic_free", _("Plastic-free")),
    ("compostable", _("Compostable")),
    ("repairable", _("Repairable")),
    ("independent", _("Independent")),
    ("family_business", _("Family business")),
    ("cooperative", _("Co-operative")),
    ("social_enterprise", _("Social enterprise")),
    ("handmade", _("Handmade")),
    ("women_owned", _("Women-owned")),
    ("black_owned", _("Black-owned")),
    ("halal", _("Halal")),
    ("kosher", _("Kosher")),
    ("open_source", _("Open source")),
)

SENTENCES: dict[str, str | Promise] = {
    # What may not happen, and what to do instead.
    "error": _("That did not work."),
    "not_found": _("There is nothing here."),
    "forbidden_action": _("In the role “%(role)s” you cannot do this. Ask a steward of your organisation."),
    "key_used_otherwise": _("This idempotency key was already used for something else. Use a new one."),
    "no_such_person": _("Nobody here goes by the user name “%(username)s”. Ask them to sign up first."),
    "last_steward": _("This is the last steward. Make somebody else a steward first."),
}


def say(code: str, data: Mapping[str, object] | None = None) -> str:
    """The sentence for a code, with its data filled in; a code without a sentence is shown as it is."""
    sentence = SENTENCES.get(code)
    if sentence is None:
        return code.replace("_", " ").replace(".", " ")
    try:
        return str(sentence) % (data or {})
    except (KeyError, ValueError, TypeError):
        return str(sentence)


def write_money(money: Money) -> str:
    """An amount as people write it here: £2,000 or £12.50."""
    places = decimals_of(money.currency)
    whole = money.major == money.major.to_integral_value()
    number = formats.number_format(abs(money.major), 0 if whole else places, force_grouping=True, use_l10n=True)
    symbol = SYMBOLS.get(money.currency, f"{money.currency} ")
    return f"{MINUS if money.minor < 0 else ''}{symbol}{number}"


def major_text(minor: int, currency: str) -> str:
    """An amount as a form shows it: 500 or 12.50, without a symbol."""
    money = Money(minor, currency)
    whole = money.major == money.major.to_integral_value()
    return f"{money.major:.0f}" if whole else f"{money.major:.{decimals_of(currency)}f}"


def read_money(text: str, currency: str) -> int:
    """Minor units from what somebody typed into a money field: 1,250 or 12.50; raises ValueError for anything else."""
    digits = text.strip().lstrip("£€$").replace(",", "").strip()
    try:
        amount = Decimal(digits).scaleb(decimals_of(currency))
    except ArithmeticError as error:
        raise ValueError(gettext("Write an amount such as 250 or 12.50.")) from error
    if not amount.is_finite() or amount != amount.to_integral_value() or abs(amount) > Decimal(10) ** 15:
        raise ValueError(gettext("Write an amount such as 250 or 12.50."))
    return int(amount)
