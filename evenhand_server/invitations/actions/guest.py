"""What a guest does before there is a dealing: ask for a code, give it, and begin."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from evenhand_server.dealings.actions import bear_dealing
from evenhand_server.dealings.models import Dealing
from evenhand_server.intents.actions import check_open
from evenhand_server.intents.queries import newest_wish
from evenhand_server.invitations.errors import AlreadyHeardError, CodeWrongError
from evenhand_server.invitations.kinds import GUEST_CODE, GUEST_NEWS, GUEST_RECORDS
from evenhand_server.invitations.models import Guest, Invitation, Link, LinkRevocation, MailCode
from evenhand_server.invitations.queries import heard_in_an_account
from evenhand_server.invitations.tokens import DOUBLE_CLICK, code_digest, code_of
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.letters.actions import write_letter, write_letter_unless_waiting
from evenhand_server.people.actions import admit_guest
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, Person
from evenhand_server.records.actions import make_key
from evenhand_server.records.models import Custody
from evenhand_server.storage.rows import new_id
from evenhand_server.terms.actions import proffer_terms
from evenhand_server.terms.models import Stage

CODE_STANDS = timedelta(hours=1)
ONE_CLICK = timedelta(seconds=20)
"""Whoever asks twice within this clicked twice."""
GATHER = timedelta(hours=1)
"""What is signed within an hour is told of in one mail."""
MOST_TRIES = 10
"""Of one code, from wherever; one network address has fewer (``Limit.TRY_CODE``), so that whoever was forwarded a
link can't use them all up."""
MOST_CODES = 5
"""Mails of one invitation within ``CODE_STANDS``, so that nobody is flooded and the last one always still stands."""


@transaction.atomic
def ask_for_code(invitation: Invitation) -> MailCode:
    """Have a worker mail a code to the invited mailbox; one that was not used yet is mailed again, and stays good."""
    Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    now = timezone.now()
    recent = list(MailCode.objects.filter(invitation=invitation, at__gt=now - CODE_STANDS).order_by("-id"))
    just_asked = bool(recent) and recent[0].at > now - ONE_CLICK and recent[0].expires_at > now + DOUBLE_CLICK
    if just_asked or len(recent) >= MOST_CODES:
        return recent[0]
    code = MailCode.objects.create(invitation=invitation, at=now, expires_at=now + CODE_STANDS)
    write_letter(GUEST_CODE, target=code.pk)
    note(Event.CODE_REQUESTED, invitation.public_id)
    return code


@transaction.atomic
def draw_code(code: MailCode) -> str:
    """Work the code out just before it is mailed, so that it lies in no queue: the one that stands, or a new one."""
    standing = codes_standing(code.invitation).filter(tries__lt=MOST_TRIES).exclude(pk=code.pk).first()
    alike = MailCode.objects.filter(invitation=code.invitation, digest=standing.digest) if standing else None
    first = alike.order_by("id").first() if alike else None
    drawn = code_of(first.pk if first else code.pk)
    code.digest, code.tries = code_digest(code.invitation.public_id, drawn), standing.tries if standing else 0
    code.save(update_fields=["digest", "tries"])
    return drawn


def codes_standing(invitation: Invitation) -> QuerySet[MailCode]:
    """The codes that were mailed and not used yet, the newest first."""
    until = timezone.now() + DOUBLE_CLICK
    return MailCode.objects.filter(invitation=invitation, expires_at__gt=until).exclude(digest="").order_by("-id")


def enter(invitation: Invitation, typed: str) -> Dealing:
    """Give the code: the first time this begins the dealing. A wrong one is counted before it is refused."""
    if not try_code(invitation, typed):
        raise CodeWrongError
    return begin(invitation)


@transaction.atomic
def try_code(invitation: Invitation, typed: str) -> bool:
    """Whether this is the code that stands; each try counts, and the right one is soon over."""
    mailed = MailCode.objects.filter(invitation=invitation, expires_at__gt=timezone.now()).exclude(digest="")
    code = mailed.order_by("-id").first()
    if code is None:
        return False
    if not mailed.filter(digest=code.digest, tries__lt=MOST_TRIES).update(tries=F("tries") + 1):
        return False
    if code.digest == code_digest(invitation.public_id, typed):
        over = min(code.expires_at, timezone.now() + DOUBLE_CLICK)
        MailCode.objects.filter(invitation=invitation).update(expires_at=over)
        return True
    note(Event.CODE_REFUSED, invitation.public_id)
    return False


@transaction.atomic
def begin(invitation: Invitation) -> Dealing:
    """Let the guest in; one dealing for one seller and one intent, whoever clicks twice."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("intent__party", "dealing")
    invitation = rows.get(pk=invitation.pk)
    guest = guest_for(invitation)
    actor = Actor(guest.membership.person, guest.membership)
    if invitation.dealing is not None:
        note(Event.LINK_ENTERED, invitation.public_id, actor)
        return invitation.dealing
    check_open(invitation.intent)
    if heard_in_an_account(invitation):
        raise AlreadyHeardError
    key = None if hasattr(guest, "claim") else make_key(guest.party_id, custody=Custody.ONE_TIME_LINK)
    dealing = bear_dealing(newest_wish(invitation.intent), guest.party, None, actor, vendor_key=key)
    proffer_terms(dealing, Stage.INTENT, invitation.intent.terms, until=invitation.intent.closes_at)
    invitation.dealing = dealing
    invitation.save(update_fields=["dealing"])
    return dealing


def guest_for(invitation: Invitation) -> Guest:
    """The party under which this mailbox answers this asker, as it was or new."""
    asker = invitation.intent.party
    known = Guest.objects.filter(asker=asker, mailbox=invitation.mailbox)
    found = known.select_related("membership__person", "membership__party", "party", "claim").first()
    if found is not None:
        return found
    membership = admit_guest(invitation.name or invitation.email)
    return Guest.objects.create(
        asker=asker,
        mailbox=invitation.mailbox,
        email=invitation.email,
        membership=membership,
        party=membership.party,
        at=timezone.now(),
    )


def tell_guest(invitation: Invitation) -> None:
    """Something happened that a guest wants to know; called by a worker, in its transaction."""
    write_letter_unless_waiting(GUEST_NEWS, invitation.pk)


def tell_guest_digests(invitation: Invitation) -> None:
    """Something was signed: a guest keeps the digests in their mailbox, as others do in their news."""
    write_letter_unless_waiting(GUEST_RECORDS, invitation.pk, due_at=timezone.now() + GATHER)


def forget_guest(party: Party, person: Person) -> None:
    """Empty whose mailbox a guest answered from, and let no link to it work any more; called by who erases them.

    Invitations keep the keyed digest, so that the same request asks this mailbox once; for others it is a stranger.
    """
    guest = Guest.objects.filter(party=party, claim__isnull=True).first()
    if guest is None:
        return
    asked = Invitation.objects.filter(intent__party_id=guest.asker_id, mailbox=guest.mailbox)
    open_links = Link.objects.filter(invitation__in=asked, revocation__isnull=True)
    now = timezone.now()
    LinkRevocation.objects.bulk_create(LinkRevocation(link=link, by=person, at=now) for link in open_links)
    MailCode.objects.filter(invitation__in=asked).delete()
    asked.update(email="", name="")
    Guest.objects.filter(pk=guest.pk).update(email="", mailbox=new_id())
