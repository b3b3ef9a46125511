"""Comparing the offers that stand for an intent, with what is known of their vendors."""

from datetime import date

from evenhand.interests.interest import EvidencedValue, from_record
from evenhand.measures import Area
from evenhand.offers.compare import Answer, Comparison, compare
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.models import Wish
from evenhand_server.intents.queries import wish_value
from evenhand_server.offers.queries import Standing
from evenhand_server.purpose.queries import valid_evidence


def comparison_for(wish: Wish, standing: list[Standing], on: date) -> Comparison:
    """The comparison as of a day; each offer goes by its dealing's id."""
    evidence = valid_evidence([one.dealing.vendor_id for one in standing], on)
    answers = [
        Answer(
            one.dealing.public_id,
            one.value,
            area=area_of(one.dealing),
            values=tuple(
                EvidencedValue(shown.value, shown.issuer, shown.valid_until)
                for shown in evidence.get(one.dealing.vendor_id, [])
            ),
        )
        for one in standing
        if one.value is not None
    ]
    return compare(wish_value(wish), answers, on=on)


def area_of(dealing: Dealing) -> Area:
    """Where the vendor said it serves, in the interest by which it was found."""
    if dealing.match is None or not dealing.match.interest_version.record:
        return Area()
    return from_record(dealing.match.interest_version.record).area
