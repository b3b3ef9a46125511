"""Read an interest: a vendor's plain words into what it stands ready to answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenhand.interests.interest import EvidencedValue, Interest
from evenhand.measures import Area, Budget, Quantity
from evenhand.words.reader import Asker, read_offer
from evenhand.words.reading import Doubt, Found, HeldBack
from evenhand.words.sources import Sources


@dataclass(frozen=True, slots=True)
class InterestReading:
    """What one vendor's text says; a field that was not mentioned is empty.

    ``price`` is the range sold in; ``excluded`` are words that an intent may not hold ("not for resale");
    ``values`` are claims, evidence is added by the vendor.
    """

    text: str
    language: str = ""
    categories: tuple[Found[str], ...] = ()
    place: Found[Area] | None = None
    price: Found[Budget] | None = None
    quantity: Found[Quantity] | None = None
    conditions: tuple[Found[str], ...] = ()
    values: tuple[Found[str], ...] = ()
    excluded: tuple[Found[str], ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read(
    text: str, *, now: datetime, country: str = "", language: str = "", own: Sequence[str] = (), sources: Sources
) -> InterestReading:
    """Understand what a vendor offers; never raises. Arguments as for reading an intent."""
    offer = read_offer(text, Asker(now, country, language, own), sources)
    wish = offer.wish
    return InterestReading(
        text=text,
        language=offer.language,
        categories=offer.categories,
        place=wish.place,
        price=wish.budget,
        quantity=wish.quantity,
        conditions=offer.conditions,
        values=wish.values,
        excluded=wish.exclusions,
        held_back=offer.held_back,
        doubts=offer.doubts,
    )


def interest_from(
    reading: InterestReading,
    *,
    evidence: Sequence[EvidencedValue] = (),
    valid_until: date = date.max,
    terms: frozenset[str] = frozenset(),
    unsure: bool = False,
) -> Interest:
    """The interest that a reading says; fields below certainty only with ``unsure``.

    A value without ``evidence`` is the vendor's own word: its issuer stays empty.
    """
    price = reading.price.value if reading.price and (unsure or reading.price.is_sure) else None
    quantity = reading.quantity.value if reading.quantity and (unsure or reading.quantity.is_sure) else None
    shown = {one.value for one in evidence}
    claims = (EvidencedValue(found.value, "", valid_until) for found in reading.values if found.value not in shown)
    return Interest(
        categories=frozenset(found.value for found in reading.categories if unsure or found.is_sure),
        area=reading.place.value if reading.place and (unsure or reading.place.is_sure) else Area(),
        lowest=price.least if price else 0,
        highest=price.most if price else 0,
        currency=price.currency if price else "",
        smallest=int(quantity.value) if quantity else 0,
        conditions=frozenset(found.value for found in reading.conditions),
        values=(*evidence, *claims),
        words_excluded=frozenset(word for found in reading.excluded for word in re.findall(r"\w{3,}", found.value)),
        terms=terms,
        period=price.period if price else "",
    )
