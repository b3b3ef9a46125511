"""Looking for the vendors whose standing interests fit a wish, and reading what was found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from evenhand.intents.budget import Visibility
from evenhand.intents.matched import as_matched
from evenhand.interests.answering import as_answering
from evenhand.interests.interest import EvidencedValue, from_record
from evenhand.interests.interest import Interest as InterestValue
from evenhand.matching.fit import fit
from evenhand.matching.match import Match as Fit
from evenhand_server.intents.models import Wish
from evenhand_server.intents.queries import veiled_of, wish_value
from evenhand_server.intents.wanted import Wanted
from evenhand_server.intents.words_said import said_by_many
from evenhand_server.interests.models import InterestVersion
from evenhand_server.interests.queries import standing_terms_of
from evenhand_server.matching.asking import Found, Question, find
from evenhand_server.matching.models import Match, Matching
from evenhand_server.matching.money import rates_here
from evenhand_server.people.queries import blocked_with, paused_parties
from evenhand_server.purpose.queries import valid_evidence
from evenhand_server.words.sources import sources


@dataclass(frozen=True, slots=True)
class Hit:
    """A vendor's best interest for a wish, or one that mentions the same words."""

    version: InterestVersion
    fit: Fit

    @property
    def vendor_id(self) -> int:
        """Whose interest it is."""
        return self.version.interest.party_id


@dataclass(frozen=True, slots=True)
class Hits:
    """The best vendors with reasons, how many fit in all, and how many of these accept the terms."""

    best: list[Hit]
    total: int
    accepting: int


def in_database(question: Question, top: int) -> Found:
    """Look in the database itself."""
    return find(question, top=top, tree=sources().tree, rates=rates_here())


Look = Callable[[Question, int], Found]
"""Where to look; the answer is the same."""


def question_of(wish: Wish, on: date) -> Question:
    """What is asked for a wish: no finer than vendors may find out by trying, and of nobody who is blocked."""
    intent = wish.intent
    visibility = Visibility(intent.budget_shown)
    value = as_matched(wish_value(wish), sentence=veiled_of(wish).sentence, visibility=visibility)
    value = replace(value, words=said_by_many(value.words))
    return Question(value, on, intent.terms, not_to_ask(intent.party_id))


def question_of_draft(what: Wanted, on: date, *, budget_shown: str, terms: str, party_id: int | None) -> Question:
    """The same for what is not published yet."""
    value = as_matched(what.wish, sentence=what.veiled.sentence, visibility=Visibility(budget_shown))
    value = replace(value, words=said_by_many(value.words))
    return Question(value, on, terms, not_to_ask(party_id) if party_id else frozenset())


def not_to_ask(party_id: int) -> frozenset[int]:
    """Oneself, who wants to hear nothing of oneself or the other way round, and who may not answer just now."""
    return frozenset(blocked_with(party_id) | paused_parties(timezone.now()) | {party_id})


def find_interests(question: Question, *, top: int, look: Look = in_database) -> Hits:
    """The vendors whose interests fit, each with its best one, best first, ties by id; reasons for these alone."""
    found, tree, rates = look(question, top), sources().tree, rates_here()
    versions = versions_by_id([best.version_id for best in found.best])
    values = values_of(versions.values(), question.on)
    hits = []
    for best in found.best:
        value = values[best.version_id]
        match = fit(question.wish, value, tree=tree, on=question.on, proffered=question.proffered, rates=rates)
        if match is not None:
            hits.append(Hit(versions[best.version_id], match))
    return Hits(hits, found.total, found.accepting)


def versions_by_id(ids: list[int]) -> dict[int, InterestVersion]:
    """These versions with their interests."""
    return InterestVersion.objects.select_related("interest", "sentence").in_bulk(ids)


def values_of(versions: Iterable[InterestVersion], on: date) -> dict[int, InterestValue]:
    """Interests as matching sees them, by version: with the evidence and the terms of their vendors."""
    versions = list(versions)
    vendors = [version.interest.party_id for version in versions]
    evidence, terms = valid_evidence(vendors, on), standing_terms_of(vendors)
    found = {}
    for version in versions:
        party_id = version.interest.party_id
        shown = tuple(EvidencedValue(one.value, one.issuer, one.valid_until) for one in evidence.get(party_id, []))
        value = as_answering(from_record(version.record))
        found[version.pk] = replace(value, values=shown, terms=terms.get(party_id, frozenset()))
    return found


def matches_of(wish_id: int) -> list[Match]:
    """What was found for a wish: those that fit first, best first."""
    rows = Match.objects.filter(wish_id=wish_id).select_related("vendor")
    return list(rows.order_by("kind", "-score", "interest_version_id"))


def matching_of(wish_id: int) -> Matching | None:
    """The look for sellers, once it was done."""
    return Matching.objects.filter(wish_id=wish_id).first()
