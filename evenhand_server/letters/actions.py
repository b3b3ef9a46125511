"""Writing letters down, the steps of sending them, addresses that send mail back, and codes that prove mail arrives."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from evenhand_server.journal.actions import leave_due, leave_due_for_all
from evenhand_server.letters.codes import send_code
from evenhand_server.letters.models import Bounce, Letter, MailArrival, MailTest
from evenhand_server.letters.queries import TROUBLES, digest_of_address, way_of_mail
from evenhand_server.people.models import Person

POST = "post_letter"
CODE_LASTS = timedelta(hours=1)
CODE_PAUSE = timedelta(minutes=1)
MOST_TRIES = 5


def write_letter(
    kind: str, *, person: Person | None = None, target: int = 0, due_at: datetime | None = None, day: date | None = None
) -> Letter:
    """Write a letter down for a worker to send; called by who has something to tell, in their transaction."""
    now = timezone.now()
    letter = Letter.objects.create(
        kind=kind, person=person, target=target, day=day, at=now, due_at=max(now, due_at or now)
    )
    leave_due(POST, letter.pk, at=letter.due_at)
    return letter


def write_letters(kind: str, targets: Iterable[int]) -> None:
    """Write many letters of a kind down at once, each about a row; they go to no person of ours."""
    now = timezone.now()
    letters = Letter.objects.bulk_create(Letter(kind=kind, target=target, at=now, due_at=now) for target in targets)
    leave_due_for_all(POST, [letter.pk for letter in letters])


def write_letter_unless_waiting(
    kind: str, target: int, *, due_at: datetime | None = None, pause: timedelta = timedelta()
) -> None:
    """Write a letter about a row unless the same still waits, or went within ``pause``: a second click sends nothing.

    One before it that was refused, or is perhaps not out, needs no decision any more.
    """
    same = Letter.objects.filter(kind=kind, target=target)
    same.filter(state__in=TROUBLES).update(state=Letter.State.DROPPED)
    just_went = Q(state__in=(Letter.State.HANDING, Letter.State.SENT), at__gt=timezone.now() - pause)
    if not same.filter(just_went | Q(state=Letter.State.WAITING)).exists():
        write_letter(kind, target=target, due_at=due_at)


def take(letter: Letter, address: str) -> bool:
    """Take a letter for sending; false when another worker has. On disk before the mail server gets the content."""
    rows = Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING)
    return rows.update(state=Letter.State.HANDING, to=digest_of_address(address)) == 1


def give_back(letter: Letter, answer: str) -> None:
    """It was certainly not sent, and may be tried again."""
    move(letter, Letter.State.WAITING, Letter.State.WAITING, Letter.State.HANDING, answer=answer)


def close(letter: Letter, state: Letter.State, answer: str = "") -> bool:
    """What became of it: sent, dropped, refused, or nobody can say."""
    return move(letter, state, Letter.State.WAITING, Letter.State.HANDING, Letter.State.UNSURE, answer=answer)


def move(letter: Letter, to: Letter.State, *states: Letter.State, answer: str = "") -> bool:
    """Change the state of a letter from one of these, as one step that two workers cannot both take."""
    rows = Letter.objects.filter(pk=letter.pk, state__in=states)
    return rows.update(state=to, answer=answer[:20]) == 1


@transaction.atomic
def send_again(letter: Letter) -> bool:
    """Somebody decided that a letter goes out once more, even if it then arrives twice."""
    if not move(letter, Letter.State.WAITING, Letter.State.REFUSED, Letter.State.UNSURE):
        return False
    leave_due(POST, letter.pk)
    return True


def leave_it(letter: Letter) -> bool:
    """Somebody decided that a letter is not sent."""
    return move(letter, Letter.State.DROPPED, Letter.State.REFUSED, Letter.State.UNSURE)


def mark_bounced(address: str, answer: str) -> bool:
    """Write to this address no more; false where that was known."""
    known = {"answer": answer[:20], "at": timezone.now()}
    return Bounce.objects.get_or_create(address=address.lower()[:254], defaults=known)[1]


def ask_for_code(person: Person, address: str) -> str:
    """Send a code to somebody who asked for it; empty when the mail server took it, else what it said.

    Asked again within a minute, as by a double click, it sends nothing: the first one is on its way.
    """
    recent = MailTest.objects.filter(by=person, address=address.lower(), at__gt=timezone.now() - CODE_PAUSE)
    if recent.exists():
        return ""
    test, code = begin_mail_test(person, address)
    answer = send_code(test, code)
    if answer:
        test.delete()
    return answer


@transaction.atomic
def begin_mail_test(person: Person, address: str) -> tuple[MailTest, str]:
    """A code for a person, on disk before it is sent."""
    code = f"{secrets.randbelow(10**6):06d}"
    test = MailTest(by=person, address=address.lower(), way=way_of_mail(), at=timezone.now())
    test.code = digest_of(test, code)
    test.save()
    return test, code


@transaction.atomic
def confirm_mail(person: Person, code: str) -> MailTest | None:
    """The person's last test if this is its code, typed in while it is fresh and seldom guessed."""
    rows = MailTest.objects.select_for_update().filter(by=person, at__gt=timezone.now() - CODE_LASTS)
    test = rows.order_by("-id").first()
    if test is None or test.tries >= MOST_TRIES:
        return None
    MailTest.objects.filter(pk=test.pk).update(tries=test.tries + 1)
    if not constant_time_compare(digest_of(test, code.strip()), test.code):
        return None
    MailArrival.objects.get_or_create(test=test, defaults={"at": timezone.now()})
    Bounce.objects.filter(address=test.address).delete()
    return test


def digest_of(test: MailTest, code: str) -> str:
    """The digest of a code, under a key that lies outside of the database."""
    return salted_hmac("evenhand.mail_test", f"{test.public_id}:{code}", algorithm="sha256").hexdigest()


def forget_mailbox(person: Person) -> None:
    """Delete what is known of a person's mailbox; called by who erases them, while its address is still known."""
    MailTest.objects.filter(by=person).delete()
    Bounce.objects.filter(address=person.email.lower()).delete()
