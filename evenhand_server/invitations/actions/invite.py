"""Inviting: ask mailboxes to answer an intent, make a link that may be passed on, and take links back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evenhand_server.intents.actions import check_open
from evenhand_server.intents.errors import MailboxUnconfirmedError
from evenhand_server.intents.models import Intent
from evenhand_server.intents.queries import has_confirmed_mailbox
from evenhand_server.invitations.errors import (
    NobodyToInviteError,
    TooManyInvitationsError,
    TooManyInvitationsTodayError,
)
from evenhand_server.invitations.kinds import INVITATION
from evenhand_server.invitations.models import (
    Guest,
    Invitation,
    Link,
    LinkRevocation,
    Silence,
    SupplierList,
    SupplierSheet,
)
from evenhand_server.invitations.queries import (
    blocked_among,
    count_invited,
    invitations_of,
    invited_among,
    public_link_of,
    silent_among,
)
from evenhand_server.invitations.tokens import digest_of, mailbox_of, token_of
from evenhand_server.journal.actions import note
from evenhand_server.journal.events import Event
from evenhand_server.letters.actions import write_letter_unless_waiting, write_letters
from evenhand_server.market.errors import MailNotProvedError
from evenhand_server.market.queries import mail_works
from evenhand_server.people.actor import Actor
from evenhand_server.people.models import Party, Person
from evenhand_server.people.newcomers import invitations_allowed
from evenhand_server.people.roles import Act
from evenhand_server.storage.errors import NotFoundError
from evenhand_server.storage.rows import new_id

MOST_INVITATIONS = 500
KEPT_OPEN = timedelta(days=60)
"""A seller comes back after the request has closed: to read what was agreed, or a friendly no."""

PAUSE = timedelta(minutes=1)
"""Whoever asks for their own link twice within this clicked twice, or never saw the answer."""


@dataclass(frozen=True, slots=True)
class Invited:
    """A mailbox to ask, and what the asker calls it."""

    email: str
    name: str = ""


@transaction.atomic
def invite(actor: Actor, intent: Intent, sellers: Iterable[Invited], *, source: str) -> list[Invitation]:
    """Ask these mailboxes, each once; a worker mails them. Who was asked before, or wants no mail, is left in peace."""
    check_may_invite(actor, intent)
    check_mail_works()
    wanted: dict[str, Invited] = {}
    for one in sellers:
        wanted.setdefault(mailbox_of(one.email), one)
    known = list(wanted)
    for mailbox in invited_among(intent, known) | silent_among(known) | blocked_among(actor, known):
        del wanted[mailbox]
    if not wanted:
        raise NobodyToInviteError
    if len(wanted) + invitations_of(intent).count() > MOST_INVITATIONS:
        raise TooManyInvitationsError(limit=MOST_INVITATIONS)
    check_enough_left(actor, len(wanted))
    made = write_invitations(intent, wanted, source, actor)
    write_letters(INVITATION, [one.pk for one in made])
    note(Event.INVITATIONS_MADE, intent.public_id, actor, count=len(made), source=source)
    return made


def check_may_invite(actor: Actor, intent: Intent) -> None:
    """Who may publish may invite, as long as the request is open and their own mailbox is confirmed."""
    actor.must_be_allowed(Act.PUBLISH)
    if intent.party_id != actor.party_id:
        raise NotFoundError
    check_open(intent)
    if not has_confirmed_mailbox(actor.person):
        raise MailboxUnconfirmedError


def check_enough_left(actor: Actor, how_many: int) -> None:
    """Newcomers ask few sellers a day, so that nobody farms prices or fills mailboxes; it grows with kept deals."""
    allowed = invitations_allowed(actor.party_id)
    if count_invited(actor, timezone.now() - timedelta(days=1)) + how_many > allowed:
        raise TooManyInvitationsTodayError(limit=allowed)


def check_mail_works() -> None:
    """Nobody is written to before a test mail has arrived; in the demo no mail leaves the house anyway."""
    if not (settings.ENVIRONMENT.demo or mail_works()):
        raise MailNotProvedError


def write_invitations(intent: Intent, wanted: dict[str, Invited], source: str, by: Actor | None) -> list[Invitation]:
    """Write the invitations and their links, all at once."""
    now = timezone.now()
    made = Invitation.objects.bulk_create(
        Invitation(
            intent=intent,
            email=one.email.strip(),
            name=one.name.strip(),
            mailbox=mailbox,
            source=source,
            by=by.person if by else None,
            at=now,
        )
        for mailbox, one in wanted.items()
    )
    Link.objects.bulk_create(new_link(intent, one) for one in made)
    return made


def new_link(intent: Intent, invitation: Invitation | None = None) -> Link:
    """A link that is not written yet; a public one ends with the request."""
    link_id, now = new_id(), timezone.now()
    return Link(
        public_id=link_id,
        intent=intent,
        invitation=invitation,
        digest=digest_of(token_of(link_id)),
        at=now,
        expires_at=intent.closes_at + (KEPT_OPEN if invitation is not None else timedelta()),
    )


@transaction.atomic
def make_public_link(actor: Actor, intent: Intent) -> Link:
    """A link that may be passed on, printed or shown as a QR code; there is one at a time."""
    check_may_invite(actor, intent)
    known = public_link_of(intent)
    if known is not None:
        return known
    link = new_link(intent)
    link.save()
    note(Event.LINK_MADE, link.public_id, actor)
    return link


@transaction.atomic
def revoke_link(actor: Actor, link: Link) -> None:
    """Take a link back: from now on it opens nothing, also for who has opened it before."""
    actor.must_be_allowed(Act.PUBLISH)
    _, is_new = LinkRevocation.objects.get_or_create(link=link, defaults={"by": actor.person, "at": timezone.now()})
    if is_new:
        note(Event.LINK_REVOKED, link.public_id, actor)


@transaction.atomic
def mail_again(actor: Actor, invitation: Invitation) -> None:
    """Send an invitation once more, such as when a seller says that nothing came."""
    check_may_invite(actor, invitation.intent)
    check_mail_works()
    if not invitation.link.works(timezone.now()) or not invitation.email:
        raise NotFoundError
    write_letter_unless_waiting(INVITATION, invitation.pk)
    note(Event.INVITATIONS_MADE, invitation.intent.public_id, actor, count=1, source="again")


@transaction.atomic
def ask_for_own_link(link: Link, *, email: str, name: str) -> None:
    """A seller who came by a public link asks for a personal one; it goes to the mailbox and nowhere else.

    Nothing here tells whether the mailbox was known: whoever types an address learns nothing about it.
    """
    check_open(link.intent)
    check_mail_works()
    mailbox = mailbox_of(email)
    if Silence.objects.filter(mailbox=mailbox).exists():
        return
    known = Invitation.objects.filter(intent=link.intent, mailbox=mailbox).first()
    if known is None:
        if invitations_of(link.intent).count() >= MOST_INVITATIONS:
            raise TooManyInvitationsError(limit=MOST_INVITATIONS)
        wanted = {mailbox: Invited(email, name)}
        known = write_invitations(link.intent, wanted, Invitation.Source.ASKED, None)[0]
    write_letter_unless_waiting(INVITATION, known.pk, pause=PAUSE)
    note(Event.LINK_REQUESTED, link.public_id, invitation=known.public_id)


@transaction.atomic
def silence(mailbox: str) -> None:
    """Write no more invitations to this mailbox."""
    _, is_new = Silence.objects.get_or_create(mailbox=mailbox, defaults={"at": timezone.now()})
    if is_new:
        note(Event.MAILBOX_SILENCED, new_id())


def forget_invited(party: Party, person: Person) -> None:
    """Empty whom a party knew and asked, and let no link of its requests work any more; called by who erases it."""
    now = timezone.now()
    open_links = Link.objects.filter(intent__party=party, revocation__isnull=True)
    LinkRevocation.objects.bulk_create(LinkRevocation(link=link, by=person, at=now) for link in open_links)
    Invitation.objects.filter(intent__party=party).update(email="", name="")
    Guest.objects.filter(asker=party).update(email="")
    SupplierList.objects.filter(party=party).delete()
    SupplierSheet.objects.filter(party=party).delete()
