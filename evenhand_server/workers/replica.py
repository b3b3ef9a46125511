"""The replica: all standing interests in a worker's own memory, following the numbered changes of the database."""

import logging
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path

from evenhand.matching.engine.files import SegmentStaleError, SegmentUnreadableError
from evenhand.matching.engine.search import Found as Matched
from evenhand.matching.index import Index
from evenhand.matching.index import Standing as Entry
from evenhand.matching.rates import NO_RATES, Rates
from evenhand.words.tree import Tree
from evenhand_server.interests.models import InterestVersion, Standing
from evenhand_server.interests.queries import standing_terms_of
from evenhand_server.journal.queries import newest_change, parties_changed
from evenhand_server.matching.asking import Best, Found, Question
from evenhand_server.matching.queries import values_of
from evenhand_server.words.sources import sources

AT_ONCE = 500
TELL_EVERY = 100_000
FIRST = 256
"""So many interests are asked for first; where more fit, all of them, to count each vendor once."""

log = logging.getLogger("evenhand.matching")


@dataclass(slots=True)
class Replica:
    """``applied`` is the number of the last change that is in; ``vendors`` says whose a version is."""

    tree: Tree
    index: Index
    applied: int
    vendors: dict[int, int] = field(default_factory=dict)

    @classmethod
    def open(cls, file: Path) -> "Replica":
        """From the saved file and what changed since; else from the database, and then saved for the next time."""
        tree, newest = sources().tree, newest_change()
        try:
            index = Index.open(file, tree)
            if index.upto <= newest:
                replica = cls(tree, index, index.upto, dict(Standing.objects.values_list("version_id", "party_id")))
                replica.catch_up()
                return replica
        except (FileNotFoundError, SegmentStaleError, SegmentUnreadableError) as error:
            log.info("the index is made anew: %s", type(error).__name__)
        return cls.load(file)

    @classmethod
    def load(cls, file: Path) -> "Replica":
        """From the database."""
        tree, newest = sources().tree, newest_change()
        index = Index(tree, told(entries(versions_standing())))
        file.parent.mkdir(parents=True, exist_ok=True)
        index.save(file, upto=newest)
        return cls(tree, index, newest, dict(Standing.objects.values_list("version_id", "party_id")))

    def catch_up(self) -> None:
        """Take in all changes that can be seen by now: those of a transaction still open come later, and in order."""
        newest = newest_change()
        parties = parties_changed(self.applied, newest)
        for start in range(0, len(parties), AT_ONCE):
            self._renew(parties[start : start + AT_ONCE])
        self.applied = newest
        if parties:
            self.index.merge_next()

    def find(self, question: Question, top: int, rates: Rates = NO_RATES) -> Found:
        """The vendors that fit, exactly as the database would say."""
        found = self._matched(question, FIRST, rates)
        if found.total > FIRST:
            found = self._matched(question, found.total, rates)
        best: dict[int, Best] = {}
        for version_id, score in zip(found.ids, found.scores, strict=True):
            vendor_id = self.vendors[version_id]
            if vendor_id not in best and vendor_id not in question.but_not:
                best[vendor_id] = Best(version_id, vendor_id, score, False)
        terms = standing_terms_of(best)
        told = [one._replace(accepts_terms=question.proffered in terms.get(one.vendor_id, ())) for one in best.values()]
        return Found(tuple(told[:top]), len(told), sum(one.accepts_terms for one in told))

    def _matched(self, question: Question, top: int, rates: Rates) -> Matched:
        return self.index.match(question.wish, on=question.on, top=top, proffered=question.proffered, rates=rates)

    def _renew(self, party_ids: Collection[int]) -> None:
        """Make what these vendors answer what it is now."""
        standing = {version.pk: version for version in versions_standing(party_ids)}
        every = InterestVersion.objects.filter(interest__party__in=party_ids).values_list("pk", flat=True)
        for version_id in every:
            if version_id not in standing and self.index.remove(version_id):
                self.vendors.pop(version_id, None)
        for entry in entries(standing.values()):
            self.vendors[entry.id] = standing[entry.id].interest.party_id
            self.index.add(entry.id, entry.interest, experience=entry.experience)


def versions_standing(party_ids: Collection[int] | None = None) -> Iterator[InterestVersion]:
    """What vendors answer now: all of them, or these."""
    rows = Standing.objects.select_related("version__interest")
    chosen = rows if party_ids is None else rows.filter(party__in=party_ids)
    return (row.version for row in chosen.order_by("version_id").iterator(AT_ONCE))


def entries(versions: Iterable[InterestVersion]) -> Iterator[Entry]:
    """As the index takes them, with all evidence whenever it runs out: the index knows the days."""
    todo = iter(versions)
    while part := list(islice(todo, AT_ONCE)):
        for version_id, value in values_of(part, date.min).items():
            yield Entry(version_id, value)


def told(every: Iterable[Entry]) -> Iterator[Entry]:
    """The same, and a line in the log now and then: a million take some minutes."""
    for number, entry in enumerate(every, start=1):
        if not number % TELL_EVERY:
            log.info("the index: %s interests read in", f"{number:,}")
        yield entry
