"""What vendors do with interests: stand ready, change what they answer, retire."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from evenhand.interests.answering import as_answering
from evenhand.interests.interest import Interest as InterestValue
from evenhand.interests.interest import as_record
from evenhand.matching.lines import InterestLine
from evenhand_server.interests.errors import NothingOfferedError, TooManyChangesError
from evenhand_server.interests.filing import columns_of, keys_of, searchable
from evenhand_server.interests.models import (
    Interest,
    InterestVersion,
    Posting,
    Retirement,
    Said,
    Standing,
    StandingAcceptance,
)
from evenhand_server.interests.queries import count_changes, interests_of
from evenhand_server.journal.actions import leave_due_once, note, note_change
from evenhand_server.journal.events import Event
from evenhand_server.market.traded import check_traded
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Person
from evenhand_server.people.queries import must_not_be_paused
from evenhand_server.people.roles import Act
from evenhand_server.purpose.actions import add_evidence_of
from evenhand_server.records.actions import keep_text, keep_texts_of

MOST_CHANGES_A_DAY = 50
"""Of one party, and of all parties together that one person acts for."""
MOST_STANDING = 500
POSTING = "INSERT INTO evenhand_server_posting (key, standing_id) VALUES (%s, %s)"
POSTINGS = "INSERT INTO evenhand_server_posting (key, standing_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"


@transaction.atomic
def stand_ready(actor: Actor, sentence: str, value: InterestValue) -> InterestVersion:
    """Stand ready to answer such intents from now on."""
    actor.must_be_allowed(Act.STAND_READY)
    check_quota(actor)
    if interests_of(actor).count() >= MOST_STANDING:
        raise TooManyChangesError(limit=MOST_STANDING)
    interest = Interest.objects.create(party=actor.party, by=actor.person, at=timezone.now())
    version = add_version(interest, sentence, value, number=1)
    note(Event.INTEREST_OPENED, interest.public_id, actor)
    return version


@transaction.atomic
def change_interest(actor: Actor, newest: InterestVersion, sentence: str, value: InterestValue) -> InterestVersion:
    """Answer other intents from now on; matches keep citing the version they were made with."""
    actor.must_be_allowed(Act.STAND_READY)
    check_quota(actor)
    InterestVersion.objects.filter(interest=newest.interest, is_newest=True).update(is_newest=False)
    version = add_version(newest.interest, sentence, value, number=newest.number + 1)
    note(Event.INTEREST_CHANGED, newest.interest.public_id, actor, number=version.number)
    return version


def check_quota(actor: Actor) -> None:
    """Who changes many interests and watches which of them are answered is looking for a person, not for trade."""
    if count_changes(actor, timezone.now() - timedelta(days=1)) >= MOST_CHANGES_A_DAY:
        raise TooManyChangesError(limit=MOST_CHANGES_A_DAY)


@transaction.atomic
def retire_interest(actor: Actor, newest: InterestVersion) -> None:
    """Answer such intents no longer."""
    actor.must_be_allowed(Act.STAND_READY)
    Retirement.objects.create(interest=newest.interest, by=actor.person, at=timezone.now())
    take_out(newest.interest_id)
    note(Event.INTEREST_RETIRED, newest.interest.public_id, actor)


@transaction.atomic
def set_standing_acceptances(actor: Actor, terms: frozenset[str]) -> None:
    """Accept these terms from anybody, once and for all; those not named are asked about each time."""
    actor.must_be_allowed(Act.ANSWER_TERMS)
    StandingAcceptance.objects.filter(party=actor.party).exclude(terms__in=terms).delete()
    for name in sorted(terms):
        StandingAcceptance.objects.get_or_create(
            party=actor.party, terms=name, defaults={"by": actor.person, "at": timezone.now()}
        )
    note_change(actor.party.pk)
    note(Event.STANDING_ACCEPTANCE_SET, actor.party.public_id, actor, terms=sorted(terms))


def next_daily_look(now: datetime) -> datetime:
    """When open intents are next looked through for new interests: at three in the morning, UTC."""
    look = now.replace(hour=3, minute=0, second=0, microsecond=0)
    return look if now < look else look + timedelta(days=1)


def add_version(interest: Interest, sentence: str, value: InterestValue, *, number: int) -> InterestVersion:
    """Keep one immutable version, and let open intents be looked at again."""
    if not value.categories:
        raise NothingOfferedError
    must_not_be_paused(interest.party_id, timezone.now())
    check_traded(sorted(value.categories), " ".join([sentence, *sorted(value.words_wanted)]))
    version = InterestVersion.objects.create(
        interest=interest,
        number=number,
        record=dict(as_record(value)),
        sentence=keep_text(interest.party_id, sentence),
        at=timezone.now(),
    )
    file_interest(version, as_answering(value))
    note_change(interest.party_id)
    leave_due_once("match_interest", version.pk, at=next_daily_look(timezone.now()))
    return version


def file_interest(version: InterestVersion, value: InterestValue) -> None:
    """Let matching find the interest by what it answers now; in the transaction that changes it."""
    interest = version.interest
    known = {"version": version, "party_id": interest.party_id, **columns_of(value)}
    standing, is_new = Standing.objects.update_or_create(interest=interest, defaults=known)
    if not is_new:
        Posting.objects.filter(standing=standing).delete()
    Said.objects.update_or_create(standing=standing, defaults={"words": searchable(version.sentence.body)})
    Posting.objects.bulk_create(Posting(key=key, standing=standing) for key in keys_of(value))


def take_out(*interest_ids: int) -> None:
    """Let matching find these interests no more; in the transaction that ends them."""
    Posting.objects.filter(standing__interest__in=interest_ids).delete()
    Said.objects.filter(standing__interest__in=interest_ids).delete()
    Standing.objects.filter(interest__in=interest_ids).delete()
    for party_id in Interest.objects.filter(pk__in=interest_ids).values_list("party_id", flat=True).distinct():
        note_change(party_id)


@transaction.atomic
def import_interests(person: Person, lines: Sequence[InterestLine], vendors: Mapping[str, int]) -> int:
    """Bring in interests from a file, each of the vendor (a party's number) it names; matching finds them at once.

    Their evidence and terms become those of the vendor. Quotas are for people; this the operator does.
    """
    now, values = timezone.now(), [as_answering(line.interest) for line in lines]
    owners = [vendors[line.vendor] for line in lines]
    rows = Interest.objects.bulk_create(Interest(party_id=owner, by=person, at=now) for owner in owners)
    texts = keep_texts_of(list(zip(owners, (line.sentence for line in lines), strict=True)))
    versions = InterestVersion.objects.bulk_create(
        InterestVersion(interest=row, number=1, record=dict(as_record(line.interest)), sentence=text, at=now)
        for row, line, text in zip(rows, lines, texts, strict=True)
    )
    standing = Standing.objects.bulk_create(
        Standing(interest_id=version.interest_id, version=version, party_id=owner, **columns_of(value))
        for version, owner, value in zip(versions, owners, values, strict=True)
    )
    Said.objects.bulk_create(
        Said(standing=one, words=searchable(line.sentence)) for one, line in zip(standing, lines, strict=True)
    )
    add_postings([(key, one.pk) for one, value in zip(standing, values, strict=True) for key in keys_of(value)])
    StandingAcceptance.objects.bulk_create(
        [
            StandingAcceptance(party_id=owner, terms=terms, by=person, at=now)
            for owner, line in zip(owners, lines, strict=True)
            for terms in sorted(line.interest.terms)
        ],
        ignore_conflicts=True,
    )
    add_evidence_of((owner, one) for owner, line in zip(owners, lines, strict=True) for one in line.interest.values)
    note_change(*sorted(set(owners)))
    note(Event.INTERESTS_IMPORTED, person.public_id, None, interests=len(lines), vendors=len(set(owners)))
    leave_due_once("match_interest", versions[-1].pk, at=next_daily_look(now))
    return len(rows)


def add_postings(pairs: Sequence[tuple[int, int]]) -> None:
    """Write many postings, each a key and the standing interest under it, without making an object of each."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            columns = [list(column) for column in zip(*pairs, strict=True)] or [[], []]
            cursor.execute(POSTINGS, columns)
        else:
            cursor.executemany(POSTING, pairs)
