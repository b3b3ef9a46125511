"""What people do with terms: proffer, accept, counter once, refuse; disclose under them and take back."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from evenhand.terms.agreement import terms_record
from evenhand.terms.answer import Accepted, Refusal
from evenhand.terms.answer import counter as counter_with
from evenhand.terms.disclosure import agreement_revocation_record, disclosure_record, revocation_record
from evenhand.terms.interaction import Outcome as Came
from evenhand.terms.interaction import interaction_record
from evenhand.terms.preferences import answer_counter as answer_listed
from evenhand.terms.record import Heading, Role
from evenhand.terms.record import Record as RecordValue
from evenhand_server.dealings.actions import check_going, check_open, write_decline
from evenhand_server.dealings.errors import AlreadyAnsweredError
from evenhand_server.dealings.models import Dealing, Side
from evenhand_server.dealings.queries import side_of
from evenhand_server.interests.queries import standing_terms
from evenhand_server.journal.actions import leave_due, note, put_off_due
from evenhand_server.journal.events import Event
from evenhand_server.people.actor import Actor
from evenhand_server.people.queries import details_of
from evenhand_server.people.roles import Act
from evenhand_server.people.terms import preferences_of, roster
from evenhand_server.records.actions import keep_text
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.terms.deadlines import TIME_FOR_A_COUNTER, TIME_TO_ANSWER, end_of_day
from evenhand_server.terms.errors import (
    DayOverError,
    NoAgreementError,
    NothingToDiscloseError,
    TermsLateError,
    TermsNotProfferedError,
)
from evenhand_server.terms.models import (
    AgreementRevocation,
    CounterAnswer,
    Disclosure,
    Outcome,
    Proffer,
    Record,
    Revocation,
    Stage,
    TermsAnswer,
)
from evenhand_server.terms.queries import (
    Ceremony,
    ceremony_of,
    disclosures_of,
    has_agreed,
    last_record,
    standing_agreements,
)
from evenhand_server.terms.roster import terms_called
from evenhand_server.terms.signing import put_on_chain

AGREEMENT_REVOKED = "agreement_revoked"
CAME = {
    Outcome.ACCEPTED: Event.TERMS_ACCEPTED,
    Outcome.COUNTERED: Event.TERMS_COUNTERED,
    Outcome.REFUSED: Event.TERMS_REFUSED,
    Outcome.EXPIRED: Event.TERMS_EXPIRED,
}


def proffer_terms(
    dealing: Dealing,
    stage: Stage,
    terms: str,
    *,
    until: datetime,
    also: list[str] | None = None,
    months: int = 0,
    after: Proffer | None = None,
) -> Proffer:
    """Put terms to the vendor; who accepts them from anybody has accepted at once. Callers write the journal entry.

    ``after`` are those that were agreed before the vendor changed: then somebody has to read and answer them again.
    """
    now, zone = timezone.now(), dealing.intent.time_zone
    proffer = Proffer.objects.create(
        dealing=dealing,
        stage=stage,
        round=after.round + 1 if after is not None else 1,
        terms=terms_called(terms).id,
        also_accepts=also or [],
        months=months,
        at=now,
        expires_at=min(until, end_of_day(now + TIME_TO_ANSWER, zone)),
        time_zone=zone,
    )
    leave_due("expire_proffer", proffer.pk, at=proffer.expires_at)
    if after is None and stage == Stage.INTENT and proffer.terms in standing_terms(dealing.vendor_id):
        write_answer(proffer, Outcome.ACCEPTED, None, is_standing=True)
    return proffer


@transaction.atomic
def answer_terms(
    actor: Actor, dealing: Dealing, outcome: Outcome, *, counter: str = "", stage: Stage = Stage.INTENT
) -> TermsAnswer:
    """The vendor's one answer: accept, counter once from the same roster, or refuse."""
    actor.must_be_allowed(Act.ANSWER_TERMS)
    if stage == Stage.RELATIONSHIP:
        actor.must_be_allowed(Act.GO_ON)
    if side_of(actor, dealing) != Side.VENDOR:
        raise NotFoundError
    check_stage(dealing, stage)
    ceremony = ceremony_of(dealing, stage)
    if ceremony is None or outcome == Outcome.EXPIRED:
        raise TermsNotProfferedError
    if ceremony.state != "proffered":
        raise AlreadyAnsweredError
    check_in_time(ceremony.proffer)
    return write_answer(ceremony.proffer, outcome, actor, counter=counter)


@transaction.atomic
def answer_counter(actor: Actor, dealing: Dealing, *, accepts: bool, stage: Stage = Stage.INTENT) -> None:
    """The asker's answer to a counter; there is no second one."""
    actor.must_be_allowed(Act.ANSWER_COUNTER)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    check_stage(dealing, stage)
    ceremony = ceremony_of(dealing, stage)
    if ceremony is None or ceremony.state != "countered":
        raise AlreadyAnsweredError
    check_in_time(ceremony.proffer)
    write_counter_answer(ceremony.proffer, Outcome.ACCEPTED if accepts else Outcome.REFUSED, actor)


@transaction.atomic
def expire_proffer(proffer: Proffer) -> None:
    """Silence is expired, for terms as for a counter."""
    state = Ceremony(proffer).state
    if state == "proffered":
        write_answer(proffer, Outcome.EXPIRED, None)
    elif state == "countered":
        write_counter_answer(proffer, Outcome.EXPIRED, None)


@transaction.atomic
def disclose(actor: Actor, dealing: Dealing, field: str, *, until: date | None = None) -> Disclosure:
    """Let the vendor know one detail, under the newest agreement; ``until`` is the last day on which it stands."""
    actor.must_be_allowed(Act.DISCLOSE)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    check_going(dealing)
    under = last_record(dealing, "offer") or last_record(dealing, "terms")
    if under is None or not has_agreed(dealing):
        raise NoAgreementError
    if until is not None and until < timezone.localdate():
        raise DayOverError(until=until.isoformat())
    value = details_of(actor.party_id).get(field, "")
    if not value:
        raise NothingToDiscloseError(field=field)
    return write_disclosure(actor, dealing, field, value, under, until=until)


@transaction.atomic
def revoke_all(actor: Actor, dealing: Dealing) -> int:
    """Take back everything that the vendor still knows; says how many details that were."""
    standing = not_taken_back(dealing)
    for one in standing:
        revoke(actor, dealing, one.public_id)
    return len(standing)


def not_taken_back(dealing: Dealing) -> list[Disclosure]:
    """What was given and not taken back, whether or not its last day is over."""
    return [one for one in disclosures_of(dealing) if not hasattr(one, "revocation")]


@transaction.atomic
def revoke(actor: Actor, dealing: Dealing, disclosure_id: str) -> None:
    """Take a detail back: the vendor is told, and sees it here no more."""
    actor.must_be_allowed(Act.DISCLOSE)
    disclosure = disclosures_of(dealing).filter(public_id=disclosure_id, revocation__isnull=True).first()
    if disclosure is None or side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    take_back(actor, disclosure, timezone.now())
    leave_due("tell_vendor", dealing.pk, about="detail_taken_back")
    note(Event.DISCLOSURE_REVOKED, disclosure.public_id, actor)


def take_back(actor: Actor, disclosure: Disclosure, now: datetime) -> None:
    """Write that a detail was taken back, and the record of it."""
    Revocation.objects.create(disclosure=disclosure, by=actor.person, at=now)
    given = disclosure.record.digest
    put_on_chain(disclosure.dealing, lambda heading: revocation_record(heading, disclosure=given), now)


@transaction.atomic
def revoke_agreement(actor: Actor, dealing: Dealing) -> None:
    """Take back all terms that both signed here, and every detail given under them; the vendor is told once.

    From now on it sees nothing here that they opened, and can use nothing. What was bought is still owed.
    """
    actor.must_be_allowed(Act.DISCLOSE)
    if side_of(actor, dealing) != Side.ASKER:
        raise NotFoundError
    Dealing.objects.select_for_update(of=("self",)).get(pk=dealing.pk)
    agreements, given = standing_agreements(dealing), not_taken_back(dealing)
    if not agreements:
        raise NoAgreementError
    now = timezone.now()
    for one in given:
        take_back(actor, one, now)
    for agreement in agreements:
        write_agreement_revocation(actor, agreement, now)
    if hasattr(dealing, "decline"):
        leave_due("tell_vendor", dealing.pk, about=AGREEMENT_REVOKED)
    else:
        write_decline(dealing, Side.ASKER, AGREEMENT_REVOKED, actor, about=AGREEMENT_REVOKED)
    note(Event.AGREEMENT_REVOKED, dealing.public_id, actor, agreements=len(agreements), details=len(given))


def write_agreement_revocation(actor: Actor, agreement: Record, now: datetime) -> None:
    """Write that signed terms were taken back, and the record of it."""
    AgreementRevocation.objects.create(record=agreement, by=actor.person, at=now)
    digest = agreement.digest
    put_on_chain(agreement.dealing, lambda heading: agreement_revocation_record(heading, agreement=digest), now)


def check_in_time(proffer: Proffer) -> None:
    """Refuse an answer after the deadline, whether or not a worker has found it over."""
    if timezone.now() > proffer.expires_at:
        raise TermsLateError


def check_stage(dealing: Dealing, stage: Stage) -> None:
    """Terms for an intent need it open, unless put anew; terms for a relationship come after it was accepted."""
    if stage == Stage.INTENT and not Proffer.objects.filter(dealing=dealing, stage=stage, round__gt=1).exists():
        check_open(dealing)
    else:
        check_going(dealing)


def write_answer(
    proffer: Proffer, outcome: Outcome, actor: Actor | None, *, counter: str = "", is_standing: bool = False
) -> TermsAnswer:
    """Write the vendor's answer and the record of it."""
    proffered = terms_called(proffer.terms)
    named = counter_with(proffered, counter, roster=roster()).terms.id if outcome == Outcome.COUNTERED else ""
    now = timezone.now()
    answer = TermsAnswer.objects.create(
        proffer=proffer,
        outcome=outcome,
        counter=named,
        is_standing=is_standing,
        by=actor.person if actor else None,
        at=now,
    )
    note(CAME[outcome], proffer.dealing.public_id, actor, terms=proffer.terms, counter=named)
    if outcome == Outcome.ACCEPTED:
        sign_terms(proffer, proffer.terms, now)
    else:
        record_interaction(proffer, outcome, named, now)
    if named:
        answer_by_preference(proffer, named)
    leave_due("tell_asker", proffer.dealing_id, about=f"terms_{outcome.value}")
    return answer


def answer_by_preference(proffer: Proffer, counter: str) -> None:
    """Answer a counter for the asker as its standing list says; what stands on no list waits for a person."""
    said = answer_listed(counter, preferences_of(proffer.dealing.intent.party), roster=roster())
    if isinstance(said, Refusal):
        write_counter_answer(proffer, Outcome.REFUSED, None)
    elif counter in proffer.also_accepts or isinstance(said, Accepted):
        write_counter_answer(proffer, Outcome.ACCEPTED, None)
    else:
        leave_time_to_read(proffer)


def leave_time_to_read(proffer: Proffer) -> None:
    """The asker has at least some days to answer a counter, however late it came."""
    until = end_of_day(timezone.now() + TIME_FOR_A_COUNTER, proffer.time_zone)
    if until > proffer.expires_at:
        proffer.expires_at = until
        proffer.save(update_fields=["expires_at"])
        put_off_due("expire_proffer", proffer.pk, at=until)


def write_counter_answer(proffer: Proffer, outcome: Outcome, actor: Actor | None) -> None:
    """Write the asker's answer to a counter and the record of it."""
    now = timezone.now()
    CounterAnswer.objects.create(proffer=proffer, outcome=outcome, by=actor.person if actor else None, at=now)
    counter = TermsAnswer.objects.get(proffer=proffer).counter
    accepted = outcome == Outcome.ACCEPTED
    note(Event.COUNTER_ACCEPTED if accepted else Event.COUNTER_REFUSED, proffer.dealing.public_id, actor, terms=counter)
    if accepted:
        sign_terms(proffer, counter, now)
    else:
        record_interaction(proffer, outcome, counter, now, by=Role.ASKING)
    leave_due("tell_vendor", proffer.dealing_id, about=f"counter_{outcome.value}")


def sign_terms(proffer: Proffer, terms: str, now: datetime) -> Record:
    """Both sides sign the terms; for an intent they open the words, for a relationship they let it begin."""
    dealing = proffer.dealing
    texts = {"words": dealing.wish.veiled.digest} if proffer.stage == Stage.INTENT else {}

    def build(heading: Heading) -> RecordValue:
        first, agreed = terms_called(proffer.terms), terms_called(terms)
        return terms_record(heading, terms=agreed, proffered=first, texts=texts)

    proffer.record = put_on_chain(dealing, build, now)
    proffer.save(update_fields=["record"])
    if proffer.stage == Stage.RELATIONSHIP:
        leave_due("begin_relationship", proffer.pk)
    return proffer.record


def record_interaction(
    proffer: Proffer, outcome: Outcome, counter: str, now: datetime, *, by: Role = Role.ANSWERING
) -> Record:
    """Record what came of a proffer; where nobody answered, whoever waited signs."""
    signer = Role.ASKING if outcome == Outcome.EXPIRED and by == Role.ANSWERING else by

    def build(heading: Heading) -> RecordValue:
        proffered, named = terms_called(proffer.terms), terms_called(counter) if counter else None
        return interaction_record(heading, outcome=Came(outcome), proffered=proffered, by=signer, counter=named)

    return put_on_chain(proffer.dealing, build, now)


def write_disclosure(
    actor: Actor, dealing: Dealing, field: str, value: str, under: Record, *, until: date | None = None
) -> Disclosure:
    """Keep what was given beside the record that it was."""
    now = timezone.now()
    text = keep_text(actor.party_id, value)

    def build(heading: Heading) -> RecordValue:
        return disclosure_record(heading, field=field, value=text.digest, under=under.digest, until=until)

    disclosure = Disclosure.objects.create(
        dealing=dealing,
        record=put_on_chain(dealing, build, now),
        field=field,
        text=text,
        until=until,
        by=actor.person,
        at=now,
    )
    leave_due("tell_vendor", dealing.pk, about="detail_given")
    note(Event.DETAIL_DISCLOSED, disclosure.public_id, actor, field=field, dealing=dealing.public_id)
    return disclosure
