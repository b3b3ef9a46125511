"""Looking through all standing interests for those that fit a wish: by the definition itself, one after the other."""

from dataclasses import dataclass, replace
from datetime import date

from evenhand.intents.wish import Wish as WishValue
from evenhand.interests.interest import EvidencedValue, from_record
from evenhand.interests.interest import Interest as InterestValue
from evenhand.matching.fit import fit
from evenhand.matching.match import Match as Fit
from evenhand.matching.match import Reason
from evenhand.matching.mention import mentioned
from evenhand_server.intents.models import Wish
from evenhand_server.intents.queries import veiled_of
from evenhand_server.interests.models import InterestVersion
from evenhand_server.interests.queries import standing_interests, standing_terms_of_all
from evenhand_server.matching.models import Match, Matching
from evenhand_server.purpose.queries import valid_evidence
from evenhand_server.words.sources import sources

MOST_MENTIONS = 10


@dataclass(frozen=True, slots=True)
class Standing:
    """One interest as matching sees it: with the evidence and the terms of its vendor."""

    version: InterestVersion
    value: InterestValue

    @property
    def vendor_id(self) -> int:
        """Whose interest it is."""
        return self.version.interest.party_id


@dataclass(frozen=True, slots=True)
class Hit:
    """A vendor's best interest for a wish."""

    standing: Standing
    fit: Fit


def all_standing(on: date, *, but_not: int) -> list[Standing]:
    """Every interest that stands on this day, except one's own."""
    versions = [version for version in standing_interests() if version.interest.party_id != but_not]
    evidence = valid_evidence([version.interest.party_id for version in versions], on)
    terms = standing_terms_of_all()
    found = []
    for version in versions:
        party_id = version.interest.party_id
        shown = tuple(EvidencedValue(one.value, one.issuer, one.valid_until) for one in evidence.get(party_id, []))
        value = replace(from_record(version.record), values=shown, terms=terms.get(party_id, frozenset()))
        found.append(Standing(version, value))
    return found


def find_interests(wish: WishValue, standing: list[Standing], *, on: date, proffered: str) -> list[Hit]:
    """The vendors whose interests fit, each with its best one, best first, ties by id."""
    tree = sources().tree
    best: dict[int, Hit] = {}
    for one in standing:
        found = fit(wish, one.value, tree=tree, on=on, proffered=proffered)
        if found is None:
            continue
        known = best.get(one.vendor_id)
        if known is None or found.score > known.fit.score:
            best[one.vendor_id] = Hit(one, found)
    return sorted(best.values(), key=lambda hit: (-hit.fit.score, hit.standing.version.pk))


def find_mentions(wish: Wish, standing: list[Standing], fits: list[Hit]) -> list[Hit]:
    """Vendors that do not fit but say the same words side by side: a second list, so that a miss is caught twice."""
    known = {hit.standing.vendor_id for hit in fits}
    found: dict[int, Hit] = {}
    for one in standing:
        if one.vendor_id in known or one.vendor_id in found:
            continue
        said = mentioned(veiled_of(wish).sentence, one.version.sentence.body)
        if said:
            reason = Reason("mentions", {"words": said[0]})
            found[one.vendor_id] = Hit(one, Fit(0.0, (reason,), wish.intent.terms in one.value.terms))
    return list(found.values())[:MOST_MENTIONS]


def matches_of(wish_id: int) -> list[Match]:
    """What was found for a wish: those that fit first, best first."""
    rows = Match.objects.filter(wish_id=wish_id).select_related("vendor")
    return list(rows.order_by("kind", "-score", "interest_version_id"))


def matching_of(wish_id: int) -> Matching | None:
    """The look for sellers, once it was done."""
    return Matching.objects.filter(wish_id=wish_id).first()
