"""Mentions: vendors that do not fit but say the same words, found by full text, so that a miss is caught twice."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from django.db import connection

from evenhand.interests.interest import Interest, from_record
from evenhand.matching.fit import score_of
from evenhand.matching.match import Match as Fit
from evenhand.matching.match import Reason
from evenhand.matching.mention import Common, phrases
from evenhand.matching.places import nearness
from evenhand_server.interests.models import InterestVersion, Standing
from evenhand_server.matching.asking import Question
from evenhand_server.matching.money import rates_here
from evenhand_server.matching.queries import Hit, values_of
from evenhand_server.words.sources import sources

MOST_MENTIONS = 10
MOST_LOOKED_AT = 200
"""So many interests that say a phrase are looked at; a phrase that more of them say is nothing special."""
SPREAD_OVER = 3
"""From so many vendors on one can see whether a phrase belongs to one part of the tree, or everybody says it."""
SQLITE = (
    "SELECT rowid FROM evenhand_server_said_index WHERE evenhand_server_said_index MATCH %s ORDER BY rowid LIMIT %s"
)
POSTGRESQL = (
    "SELECT standing_id FROM evenhand_server_said"
    " WHERE to_tsvector('simple', words) @@ phraseto_tsquery('simple', %s) ORDER BY standing_id LIMIT %s"
)


@cache
def common() -> Common:
    """What strangers' shops say too."""
    return Common.of(sources())


def find_mentions(sentence: str, question: Question, known: Iterable[int]) -> list[Hit]:
    """Vendors that say a phrase of the sentence and could serve its place; each once, none of those known."""
    found: dict[int, Hit] = {}
    but_not = question.but_not | frozenset(known)
    place = frozenset(phrases_of_place(question))
    for phrase in dict.fromkeys(phrases(sentence, common())):
        if set(phrase.split()) & place:
            continue
        for version in telling(versions_saying(phrase), phrase):
            vendor_id = version.interest.party_id
            if vendor_id in but_not or vendor_id in found or not could_serve(version, question):
                continue
            found[vendor_id] = Hit(version, Fit(0.0, (Reason("mentions", {"words": phrase}),)))
            if len(found) == MOST_MENTIONS:
                return list(found.values())
    return list(found.values())


def phrases_of_place(question: Question) -> Iterator[str]:
    """The words by which people call the place that is wished: everybody there says them."""
    yield from question.wish.area.name.casefold().split()


def versions_saying(phrase: str) -> list[InterestVersion]:
    """Standing interests with these words side by side, the oldest first."""
    is_postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        given = phrase if is_postgresql else f'"{phrase}"'
        cursor.execute(POSTGRESQL if is_postgresql else SQLITE, [given, MOST_LOOKED_AT])
        ids = [row[0] for row in cursor.fetchall()]
    rows = Standing.objects.filter(pk__in=ids).select_related("version__interest", "version__sentence")
    return [row.version for row in rows.order_by("pk")]


def telling(versions: list[InterestVersion], phrase: str) -> list[InterestVersion]:
    """Those that truly say the phrase; none where vendors of all kinds say it, so that it means no kind of thing."""
    saying = [version for version in versions if phrase in phrases(version.sentence.body, common())]
    vendors = {version.interest.party_id for version in saying}
    if len(vendors) < SPREAD_OVER:
        return saying
    kinds = Counter(root for version in saying for root in roots_of(from_record(version.record)))
    return saying if kinds and 2 * max(kinds.values()) > sum(kinds.values()) else []


def roots_of(interest: Interest) -> frozenset[str]:
    """In which parts of the tree an interest lies: two steps from the top."""
    tree = sources().tree
    return frozenset(" > ".join(tree.path(node)[:2]) for node in interest.categories if node in tree)


def could_serve(version: InterestVersion, question: Question) -> bool:
    """Whether it reaches the place, and does not fit anyhow."""
    value = values_of([version], question.on)[version.pk]
    is_near = nearness(question.wish.area, value.area) is not None
    return is_near and score_of(question.wish, value, tree=sources().tree, on=question.on, rates=rates_here()) is None
