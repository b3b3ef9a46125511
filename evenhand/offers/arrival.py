"""Arrival: the day an offer promises, reckoned from the day it is accepted."""

from datetime import date, timedelta

from evenhand.offers.offer import Offer

LONGEST_DAYS = 36525
"""A promise further off than a century counts as a century, so that no calendar ends."""


def arrives(offer: Offer, *, on: date) -> date | None:
    """The latest day of arrival when the offer is accepted on that day; ``None`` where no day was promised."""
    if offer.delivery.by is not None:
        return offer.delivery.by
    if offer.delivery.within_days <= 0:
        return None
    return on + timedelta(days=min(offer.delivery.within_days, LONGEST_DAYS))
